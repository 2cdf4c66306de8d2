import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as apt from './apt.mjs';
import { attempt, run } from './commands.mjs';
import { anyFreePort } from './ports.mjs';
import { step, Trouble } from './terminal.mjs';
import { unpack } from './unpacked.mjs';

const SUFFIX = 'dc=example,dc=org';
const ADMIN = `cn=admin,${SUFFIX}`;
const PASSWORD = 'of-the-tests-only';
const START_MS = 15_000;

/** Debian's LDAP server with six hundred invented people, unpacked and never installed: nothing starts by itself. */
export const bringSlapd = () => step('slapd started', start);

async function start() {
  const root = await programs();
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-slapd-'));
  mkdirSync(path.join(folder, 'db'));
  const settings = path.join(folder, 'slapd.conf');
  writeFileSync(settings, configuration(root, folder));
  writeFileSync(path.join(folder, 'people.ldif'), people());
  const slapd = path.join(root, 'usr/sbin/slapd');
  const env = { ...process.env, LD_LIBRARY_PATH: libraries(root) };
  await run(slapd, ['-T', 'add', '-f', settings, '-l', path.join(folder, 'people.ldif')], { env, cwd: folder });
  const port = await anyFreePort();
  const url = `ldap://127.0.0.1:${port}`;
  const server = spawn(slapd, ['-d', '0', '-h', url, '-f', settings], { env, cwd: folder, stdio: 'ignore' });
  const stop = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  await answers(port).catch(async (error) => {
    await stop();
    throw error;
  });
  return { stop, settings: { url, bind_dn: ADMIN, password: PASSWORD, base_dn: `ou=people,${SUFFIX}`, ...GROUPS } };
}

const GROUPS = { role_tags: { [`cn=developers,ou=groups,${SUFFIX}`]: 'developer' } };

/** It and what it needs and the machine does not have. */
async function programs() {
  if (!apt.canInstall())
    throw new Trouble('The plugin for LDAP is tested with slapd, which only Debian’s apt can bring.');
  if (!apt.hasLists()) await apt.update();
  const { output } = await attempt('apt-get', [
    '-q',
    '-s',
    '--no-install-recommends',
    '--reinstall',
    'install',
    'slapd',
  ]);
  const names = [...output.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name);
  if (!names.includes('slapd')) throw new Trouble('apt knows no slapd; run: apt-get update');
  return unpack('slapd', names);
}

const libraries = (root) =>
  ['usr/lib', 'lib']
    .filter((place) => existsSync(path.join(root, place)))
    .flatMap((place) => readdirSync(path.join(root, place)).map((name) => path.join(root, place, name)))
    .filter((place) => place.endsWith('-linux-gnu'))
    .join(':');

const configuration = (root, folder) => `
${['core', 'cosine', 'inetorgperson'].map((name) => `include ${root}/etc/ldap/schema/${name}.schema`).join('\n')}
modulepath ${root}/usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
database mdb
suffix "${SUFFIX}"
rootdn "${ADMIN}"
rootpw ${PASSWORD}
directory ${folder}/db
`;

/** More than a server gives in one answer, and one whose name cannot be one here. */
function people() {
  const person = (uid, cn, more = '') =>
    `dn: uid=${uid},ou=people,${SUFFIX}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${cn}\nsn: ${cn}\n${more}`;
  const many = Array.from({ length: 600 }, (_, at) => person(`person${at}`, `Person ${at}`));
  return [
    `dn: ${SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
    `dn: ou=people,${SUFFIX}\nobjectClass: organizationalUnit\nou: people\n`,
    `dn: ou=groups,${SUFFIX}\nobjectClass: organizationalUnit\nou: groups\n`,
    person('ada', 'Ada Lovelace', 'mail: ada@example.org\n'),
    person('grace', 'Grace Hopper'),
    person('x', 'Too short'),
    ...many,
    `dn: cn=developers,ou=groups,${SUFFIX}\nobjectClass: groupOfNames\ncn: developers\nmember: uid=ada,ou=people,${SUFFIX}\n`,
  ].join('\n');
}

async function answers(port) {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    const isThere = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
    if (isThere) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('slapd did not answer');
}
