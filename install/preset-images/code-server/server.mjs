import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

// A stand-in for code-server: asks for the password, and shows the editor to who knows it.
const [flag, address, folder] = process.argv.slice(2);
const { PASSWORD, HOME } = process.env;
if (flag !== '--bind-addr' || folder !== '.' || !PASSWORD) throw new Error('It was started otherwise.');
const [host, port] = address.split(':');
mkdirSync(`${HOME}/.config/code-server`, { recursive: true });
if (!existsSync(`${HOME}/.config/code-server/config.yaml`))
  writeFileSync(`${HOME}/.config/code-server/config.yaml`, 'auth: password\n');
const digest = (text) => createHash('sha256').update(text).digest();

createServer(async (request, response) => {
  if (request.url === '/healthz') return void response.end('{"status":"alive"}');
  if (request.url !== '/login') {
    const known = request.headers.cookie === `key=${digest(PASSWORD).toString('hex')}`;
    if (known) return void response.end('<title>code-server</title>');
    return void response.writeHead(302, { Location: './login' }).end();
  }
  let body = '';
  for await (const part of request) body += part;
  const typed = new URLSearchParams(body).get('password') ?? '';
  if (!timingSafeEqual(digest(typed), digest(PASSWORD))) return void response.writeHead(401).end('Incorrect password');
  response.writeHead(302, { Location: './', 'Set-Cookie': `key=${digest(PASSWORD).toString('hex')}` }).end();
}).listen(Number(port), host);
process.on('SIGTERM', () => process.exit(0));
