import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { expect } from '@jest/globals';
import pg from 'pg';
import { until } from '../until.js';
import type { PresetHouse } from './preset-house.js';

const ANSWERS_MS = 60_000;
const TIMEOUT_MS = 5000;

/** How somebody uses what a preset deploys, by the protocol it is there for and on the port it is published on. */
export interface Program {
  readonly answers?: Record<string, unknown>;
  /** What has to be in its volume before there is something to use. */
  prepare?(house: PresetHouse): Promise<void>;
  /** Throws until it answers rightly. `isNew` only for the first time: what is kept in it then has to be there later. */
  use(house: PresetHouse, isNew: boolean): Promise<void>;
}

export async function answersRightly(program: Program, house: PresetHouse, isNew: boolean): Promise<void> {
  let why: unknown;
  const isRight = () =>
    program.use(house, isNew).then(
      () => true,
      (error: unknown) => {
        why = error;
        return false;
      },
    );
  await until(isRight, { within: ANSWERS_MS, what: `An answer of ${house.name}` }).catch((late: unknown) => {
    throw new Error(String(late), { cause: why });
  });
}

async function ask(house: PresetHouse, port: number, route = '/', init: RequestInit = {}) {
  const response = await fetch(`http://127.0.0.1:${house.port(port)}${route}`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...init,
  });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

/** Sends over TCP and answers what came until `isWhole`. */
function exchange(port: number, sent: Buffer | string, isWhole: (heard: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0);
    const socket = connect(port, '127.0.0.1', () => socket.write(sent));
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('It did not answer.')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`It closed after ${JSON.stringify(heard.toString())}.`)));
    socket.on('data', (part) => {
      heard = Buffer.concat([heard, part]);
      if (!isWhole(heard)) return;
      resolve(heard);
      socket.destroy();
    });
  });
}

const page = (port: number, folder: string): Program => ({
  prepare: (house) => house.write(`${folder}/index.html`, `page of ${house.name}`),
  use: async (house) => {
    const { status, body } = await ask(house, port);
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: `page of ${house.name}` });
  },
});

const says = (port: number, words: string, files: Readonly<Record<string, string>>): Program => ({
  prepare: async (house) => {
    for (const [file, text] of Object.entries(files)) await house.write(file, text);
  },
  use: async (house) => {
    const { status, body } = await ask(house, port);
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: expect.stringContaining(words) });
  },
});

/** Nothing runs in it by itself: somebody starts what they work on. */
const idle = (port: number, command: string[], words: string): Program => ({
  use: async (house) => {
    await house.begin(command);
    const { status, body } = await ask(house, port);
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: expect.stringContaining(words) });
  },
});

const postgres: Program = {
  use: async (house, isNew) => {
    const who = { user: 'app', database: 'app', password: house.secret('password') };
    const client = new pg.Client({ host: '127.0.0.1', port: house.port(5432), ...who });
    await client.connect();
    try {
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      if (isNew) await client.query(`CREATE TABLE kept AS SELECT 'precious' AS word`);
      expect((await client.query('SELECT word FROM kept')).rows).toEqual([{ word: 'precious' }]);
    } finally {
      await client.end();
    }
  },
};

/** By its own client, in a container beside it that reaches it as anybody does: on its published port. */
const mysql = (client: string, image: string): Program => ({
  use: async (house, isNew) => {
    const says = (sql: string) =>
      house.beside(
        image,
        [client, '-h', '127.0.0.1', '-P', String(house.port(3306)), '-u', 'app', `-p${house.secret('password')}`, '-N', '-B', '-e', sql, 'app'], // prettier-ignore
      );
    expect(await says('SELECT 1')).toBe('1');
    if (isNew) await says(`CREATE TABLE kept AS SELECT 'precious' AS word`);
    expect(await says('SELECT word FROM kept')).toBe('precious');
  },
});

const redis: Program = {
  use: async (house, isNew) => {
    const says = async (...lines: string[]) => {
      const isWhole = (heard: Buffer) => heard.toString().split('\r\n').length > lines.length;
      return (await exchange(house.port(6379), lines.map((line) => `${line}\r\n`).join(''), isWhole)).toString();
    };
    const auth = `AUTH ${house.secret('password')}`;
    expect(await says('PING')).toMatch(/^-NOAUTH/);
    expect(await says(auth, 'PING')).toBe('+OK\r\n+PONG\r\n');
    if (isNew) expect(await says(auth, 'SET kept precious')).toBe('+OK\r\n+OK\r\n');
    expect(await says(auth, 'GET kept')).toContain('precious');
  },
};

/** `hello` as OP_MSG: {hello: 1, $db: "admin"} in BSON. */
function hello(): Buffer {
  const one = Buffer.alloc(8);
  one.writeDoubleLE(1);
  const size = (bytes: number) => {
    const four = Buffer.alloc(4);
    four.writeInt32LE(bytes);
    return four;
  };
  const fields = [Buffer.from('\u0001hello\0'), one, Buffer.from('\u0002$db\0'), size(6), Buffer.from('admin\0\0')];
  const document = Buffer.concat([size(4 + fields.reduce((sum, { length }) => sum + length, 0)), ...fields]);
  const head = [size(21 + document.length), size(7), size(0), size(2013), size(0), Buffer.of(0)];
  return Buffer.concat([...head, document]);
}

const mongo: Program = {
  use: async (house) => {
    const isWhole = (heard: Buffer) => heard.length >= 4 && heard.length >= heard.readInt32LE(0);
    const answer = await exchange(house.port(27017), hello(), isWhole);
    expect({ answersTo: answer.readInt32LE(8), operation: answer.readInt32LE(12) }).toEqual({
      answersTo: 7,
      operation: 2013,
    });
    expect(answer.includes('isWritablePrimary') && answer.includes('maxWireVersion')).toBe(true);
  },
};

/** The server-list ping of the Java edition: a handshake for the status, and the request for it. */
const minecraft: Program = {
  answers: { eula: true },
  use: async (house) => {
    const port = house.port(25565);
    const handshake = Buffer.concat([Buffer.of(0, 9), Buffer.from('\u0009127.0.0.1'), Buffer.of(port >> 8, port & 255, 1)]); // prettier-ignore
    const sent = Buffer.concat([Buffer.of(handshake.length), handshake, Buffer.of(1, 0)]);
    // Its length comes first, in two sevens of bits.
    const isWhole = ([low = 0, high = 0, ...body]: Buffer) => body.length >= (low & 127) + (high << 7);
    const answer = (await exchange(port, sent, isWhole)).toString();
    const status = JSON.parse(answer.slice(answer.indexOf('{'))) as { players: object; description: unknown };
    expect(status).toMatchObject({ players: { max: 20, online: 0 } });
    expect(JSON.stringify(status.description)).toContain('A Bailiwick server');
  },
};

/** A2S_INFO: what the server browser of Steam asks. */
const steam: Program = {
  use: async (house) => {
    const asked = Buffer.concat([Buffer.of(255, 255, 255, 255, 0x54), Buffer.from('Source Engine Query\0')]);
    const socket = createSocket('udp4');
    try {
      const answer = await new Promise<Buffer>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('It did not answer.')), TIMEOUT_MS);
        socket.on('error', reject);
        socket.on('message', (message) => {
          clearTimeout(late);
          resolve(message);
        });
        socket.send(asked, house.port(27015, 'udp'), '127.0.0.1');
      });
      expect(answer.subarray(0, 5)).toEqual(Buffer.of(255, 255, 255, 255, 0x49));
      expect(answer.toString('latin1')).toContain('cp_dustbowl\0tf\0');
    } finally {
      socket.close();
    }
    expect(await house.log()).toContain('Success! App');
  },
};

/** HTTP Live Streaming: a playlist, and what it lists. */
const media: Program = {
  use: async (house) => {
    expect((await ask(house, 8096, '/health')).body.toString()).toBe('Healthy');
    const playlist = await ask(house, 8096, '/videos/one/main.m3u8');
    expect(playlist.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    const segments = playlist.body.toString().split('\n').filter((line) => line !== '' && !line.startsWith('#')); // prettier-ignore
    expect(segments).toHaveLength(1);
    const segment = await ask(house, 8096, `/videos/one/${segments[0]}`);
    expect({ packets: segment.body.length / 188, sync: segment.body[0] }).toEqual({ packets: 10, sync: 0x47 });
  },
};

const codeServer: Program = {
  use: async (house) => {
    expect((await ask(house, 8080)).headers.get('location')).toBe('./login');
    const login = (password: string) =>
      ask(house, 8080, '/login', { method: 'POST', body: new URLSearchParams({ password }) });
    expect((await login('wrong')).status).toBe(401);
    const cookie = (await login(house.secret('password'))).headers.getSetCookie()[0] ?? '';
    expect((await ask(house, 8080, '/', { headers: { cookie } })).body.toString()).toContain('code-server');
  },
};

/** Below the home of its user: where the volume of the preset is. */
const NOTEBOOKS = 'work';
const jupyter: Program = {
  use: async (house, isNew) => {
    expect((await ask(house, 8888, '/api/status')).status).toBe(403);
    const headers = { authorization: `token ${house.secret('token')}`, 'content-type': 'application/json' };
    expect((await ask(house, 8888, '/api/status', { headers })).status).toBe(200);
    const note = `/api/contents/${NOTEBOOKS}/kept.ipynb`;
    const cells = [{ cell_type: 'markdown', id: 'one', metadata: {}, source: 'precious' }];
    const content = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
    const body = JSON.stringify({ type: 'notebook', format: 'json', content });
    if (isNew) expect((await ask(house, 8888, note, { method: 'PUT', headers, body })).status).toBe(201);
    expect((await ask(house, 8888, note, { headers })).body.toString()).toContain('precious');
  },
};

const FLASK = `from flask import Flask
app = Flask(__name__)
@app.get('/')
def hello():
    return 'Flask says hello'
`;
const FASTAPI = `from fastapi import FastAPI
app = FastAPI()
@app.get('/')
def hello():
    return {'says': 'FastAPI says hello'}
`;
const EXPRESS = `const app = require('express')();
app.get('/', (_, response) => response.send('Express says hello'));
app.listen(Number(process.env.PORT));
`;

/** With what npm fetched for it on this machine; its package.json comes last, as that is what it is waited for. */
const npmProject = (port: number, words: string, files: Record<string, string>, packages: object): Program => {
  const project = JSON.stringify({ name: 'proof', version: '1.0.0', ...packages });
  return {
    ...says(port, words, files),
    prepare: async (house) => {
      await house.bring(await house.packagesOf(project), '/app');
      for (const [file, text] of Object.entries({ ...files, '/app/package.json': project }))
        await house.write(file, text);
    },
  };
};

export const PROGRAMS: Readonly<Record<string, Program>> = {
  'caddy-static': page(80, '/usr/share/caddy'),
  'code-server': codeServer,
  jupyter,
  'mariadb-db': mysql('mariadb', 'mariadb:10.11'),
  'media-server': media,
  'minecraft-paper': minecraft,
  'mongo-db': mongo,
  'mysql-db': mysql('mysql', 'mysql:8'),
  'nginx-static': page(80, '/usr/share/nginx/html'),
  node: idle(3000, ['node', '-e', `require('http').createServer((q, s) => s.end('Node says hello')).listen(3000)`], 'Node says hello'), // prettier-ignore
  'node-express': npmProject(
    3000,
    'Express says hello',
    { '/app/server.js': EXPRESS },
    { scripts: { start: 'node server.js' }, dependencies: { express: '^5.0.0' } },
  ),
  'node-vite': npmProject(
    5173,
    '/@vite/client',
    { '/app/index.html': '<!doctype html><title>Vite says hello</title>' },
    { type: 'module', devDependencies: { vite: '^7.0.0' } },
  ),
  'postgres-db': postgres,
  python: idle(8000, ['python', '-m', 'http.server', '8000', '--directory', '/app'], 'Directory listing'),
  'python-fastapi': says(8000, 'FastAPI says hello', { '/app/app/main.py': FASTAPI }),
  'python-flask': says(5000, 'Flask says hello', { '/app/app.py': FLASK, '/app/requirements.txt': 'flask\n' }),
  'redis-cache': redis,
  'static-site': page(80, '/usr/local/apache2/htdocs'),
  'steam-server': steam,
  'web-python-dev': page(8000, '/app'),
  whoami: says(80, 'Hostname: ', {}),
};
