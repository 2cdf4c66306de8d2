// `npm start`: from a bare checkout with Node and npm to a running panel.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.log(
    `Cannot go on. Node ${process.versions.node} is too old; install Node 20.19 or newer and run npm start again.`,
  );
  process.exit(1);
}

const { fail } = await import('./lib/terminal.mjs');
const { start } = await import('./lib/start.mjs');
await start().catch((error) => {
  fail(error);
  process.exit(process.exitCode);
});
