import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram, run } from './commands.mjs';
import { request } from './engine.mjs';
import { isStatic, unpack } from './unpacked.mjs';

export const TEST_IMAGE = 'busybox:local';

export const hasImage = (host) =>
  request(host, 'GET', `/images/${encodeURIComponent(TEST_IMAGE)}/json`).then(
    () => true,
    () => false,
  );

/** A static busybox with a link for every applet, imported as an image: no registry is needed. */
export async function makeImage(host) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-busybox-'));
  try {
    const rootfs = path.join(folder, 'root');
    for (const name of ['bin', 'etc', 'tmp', 'root', 'proc', 'sys', 'dev', 'var', 'usr'])
      mkdirSync(path.join(rootfs, name), { recursive: true });
    const busybox = await staticBusybox();
    copyFileSync(busybox, path.join(rootfs, 'bin/busybox'));
    const applets = (await run(busybox, ['--list'])).trim().split('\n');
    for (const applet of applets.filter((name) => name !== 'busybox'))
      symlinkSync('busybox', path.join(rootfs, 'bin', applet));
    const { stdout, status, stderr } = spawnSync('tar', ['-C', rootfs, '-c', '.'], { maxBuffer: 64 * 1024 * 1024 });
    if (status !== 0) throw new Error(`tar: ${stderr}`);
    const [repo, tag] = TEST_IMAGE.split(':');
    const changes = ['CMD ["sh"]', 'ENV PATH=/bin:/sbin:/usr/bin:/usr/sbin'].map(
      (line) => `&changes=${encodeURIComponent(line)}`,
    );
    const answer = await request(host, 'POST', `/images/create?fromSrc=-&repo=${repo}&tag=${tag}${changes.join('')}`, {
      body: stdout,
      headers: { 'Content-Type': 'application/x-tar' },
      timeoutMs: 60_000,
    });
    if (/"error"/.test(answer)) throw new Error(answer);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The machine's own where it is static, else one unpacked from Debian's package. */
async function staticBusybox() {
  const own = findProgram('busybox');
  if (own && isStatic(own)) return own;
  const folder = await unpack('busybox-static', ['busybox-static']);
  return ['bin/busybox', 'usr/bin/busybox'].map((name) => path.join(folder, name)).find((name) => existsSync(name));
}
