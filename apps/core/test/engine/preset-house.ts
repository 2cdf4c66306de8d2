import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ContainerId } from '@bailiwick/contract';
import Docker from 'dockerode';

const docker = new Docker();
const execute = promisify(execFile);
const LABEL = { 'bailiwick.test': '1' };

type Secrets = ReadonlyMap<string, string>;

/** What one preset deployed, as those who use it meet it. */
export class PresetHouse {
  constructor(
    readonly id: ContainerId,
    readonly name: string,
    private readonly secrets: Secrets,
    private readonly published: ReadonlyMap<string, number>,
    readonly volumes: ReadonlyArray<{ name: string; target: string }>,
  ) {}

  static async look(id: ContainerId, name: string, secrets: Secrets): Promise<PresetHouse> {
    const { HostConfig, Mounts } = await docker.getContainer(name).inspect();
    const bindings = HostConfig.PortBindings as Record<string, Array<{ HostPort: string }>>;
    const published = Object.entries(bindings).map(([port, [first]]) => [port, Number(first?.HostPort)] as const);
    const volumes = Mounts.map(({ Name, Destination }) => ({ name: Name ?? '', target: Destination }));
    return new PresetHouse(id, name, secrets, new Map(published), volumes);
  }

  /** The port of this machine that leads to one of the container. */
  port(containerPort: number, protocol = 'tcp'): number {
    const found = this.published.get(`${containerPort}/${protocol}`);
    if (found === undefined) throw new Error(`${containerPort}/${protocol} of ${this.name} is not published.`);
    return found;
  }

  secret(name: string): string {
    const found = this.secrets.get(name);
    if (found === undefined) throw new Error(`No ${name} was made for ${this.name}.`);
    return found;
  }

  async state(): Promise<{ status: string; health: string | null }> {
    const { State } = await docker.getContainer(this.name).inspect();
    return { status: State.Status, health: State.Health?.Status ?? null };
  }

  /** What a program in it says, as the user it runs as. */
  async run(...Cmd: string[]): Promise<string> {
    const exec = await docker.getContainer(this.name).exec({ Cmd, AttachStdout: true, AttachStderr: true, Tty: true });
    const chunks: Buffer[] = [];
    for await (const chunk of await exec.start({ Tty: true })) chunks.push(Buffer.from(chunk as Uint8Array));
    const { ExitCode } = await exec.inspect();
    const said = Buffer.concat(chunks).toString().replaceAll('\r', '').trim();
    if (ExitCode !== 0) throw new Error(`${Cmd.join(' ')} in ${this.name} ended with ${ExitCode}: ${said}`);
    return said;
  }

  /** Starts a program in it and leaves it there. */
  async begin(Cmd: string[]): Promise<void> {
    const exec = await docker.getContainer(this.name).exec({ Cmd });
    await exec.start({ Detach: true });
  }

  async write(file: string, text: string): Promise<void> {
    await this.run('sh', '-c', 'mkdir -p "${0%/*}" && printf "%s" "$1" > "$0"', file, text);
  }

  /** Unpacks an archive into a folder of it. */
  async bring(archive: Buffer, folder: string): Promise<void> {
    await docker.getContainer(this.name).putArchive(archive, { path: folder });
  }

  /** What a project needs as an archive, fetched by this machine's npm; the container may have no registry to ask. */
  async packagesOf(project: string): Promise<Buffer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-project-'));
    try {
      writeFileSync(path.join(folder, 'package.json'), project);
      await execute('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder });
      writeFileSync(path.join(folder, '.npmrc'), 'offline=true\naudit=false\nupdate-notifier=false\n');
      await execute('tar', ['-cf', 'packages.tar', 'node_modules', 'package-lock.json', '.npmrc'], { cwd: folder });
      return readFileSync(path.join(folder, 'packages.tar'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async log(): Promise<string> {
    return String(await docker.getContainer(this.name).logs({ stdout: true, stderr: true, follow: false }));
  }

  /** What a program of an image says on the network of this machine. */
  async beside(image: string, Cmd: string[]): Promise<string> {
    const HostConfig = { NetworkMode: 'host' };
    const container = await docker.createContainer({ Image: image, Entrypoint: [], Cmd, Labels: LABEL, HostConfig }); // prettier-ignore
    try {
      await container.start();
      const { StatusCode } = (await container.wait()) as { StatusCode: number };
      const isWell = StatusCode === 0;
      const log = await container.logs({ stdout: isWell, stderr: !isWell, follow: false });
      // Every piece comes with eight bytes that say whose it is.
      const said = log.subarray(8).toString().trim();
      if (!isWell) throw new Error(`${Cmd.join(' ')} ended with ${StatusCode}: ${said}`);
      return said;
    } finally {
      await container.remove({ force: true, v: true });
    }
  }
}
