import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

// A stand-in for the media server: a playlist and its one segment, as HTTP Live Streaming has them.
writeFileSync('/config/system.xml', `<zone>${process.env.TZ}</zone>`);
writeFileSync('/cache/started', '');
const PLAYLIST = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\nsegment0.ts\n#EXT-X-ENDLIST\n';
/** Ten packets of an MPEG transport stream that carry nothing. */
const SEGMENT = Buffer.alloc(10 * 188, 0xff);
for (let at = 0; at < SEGMENT.length; at += 188) SEGMENT.set([0x47, 0x1f, 0xff, 0x10], at);

const FILES = {
  '/health': ['text/plain', 'Healthy'],
  '/web/': ['text/html', '<title>Jellyfin</title>'],
  '/videos/one/main.m3u8': ['application/vnd.apple.mpegurl', PLAYLIST],
  '/videos/one/segment0.ts': ['video/mp2t', SEGMENT],
};
createServer((request, response) => {
  const found = FILES[request.url];
  if (found) response.writeHead(200, { 'Content-Type': found[0] }).end(found[1]);
  else if (request.url === '/') response.writeHead(302, { Location: '/web/' }).end();
  else response.writeHead(404).end();
}).listen(8096, '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
