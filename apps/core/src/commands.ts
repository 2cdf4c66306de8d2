type Say = (line: string) => void;

/** What the core can do besides serving; each returns the exit code. */
const COMMANDS: Readonly<Record<string, (say: Say) => Promise<number>>> = {
  'audit verify': async (say) => (await import('./audit.cli.js')).verifyAudit(say),
  invariants: async (say) => (await import('./invariants.cli.js')).checkInvariants(say),
};

/** Runs the named command; undefined when none is asked for. */
export function findCommand(words: readonly string[]): ((say: Say) => Promise<number>) | undefined {
  if (words.length === 0) return undefined;
  const name = words.join(' ');
  return COMMANDS[name] ?? (async (say) => refuse(name, say));
}

function refuse(name: string, say: Say): number {
  say(`There is no command "${name}". Known: ${Object.keys(COMMANDS).join(', ')}.`);
  return 2;
}
