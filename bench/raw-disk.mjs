// A bare server that puts what is sent into a file and sends it back: what uploads and downloads are put beside.
import { createReadStream, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import http from 'node:http';

const file = process.argv[2];

async function take(request) {
  const handle = await open(file, 'w');
  try {
    for await (const piece of request) await handle.write(piece);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

const server = http.createServer((request, response) => {
  if (request.method === 'GET') return createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(response);
  return take(request).then(
    () => response.writeHead(204).end(),
    (error) => response.destroy(error),
  );
});
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.once('disconnect', () => {
  rmSync(file, { force: true });
  process.exit();
});
