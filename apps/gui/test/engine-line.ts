import { rmSync } from 'node:fs';
import net from 'node:net';

/** The line to an engine's socket, that a test can cut and mend without touching the engine itself. */
export class EngineLine {
  readonly #open = new Set<net.Socket>();
  #server: net.Server | null = null;

  constructor(
    readonly socketPath: string,
    private readonly engineSocket: string,
  ) {}

  mend(): Promise<void> {
    if (this.#server) return Promise.resolve();
    rmSync(this.socketPath, { force: true });
    const server = net.createServer((near) => this.#join(near));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.socketPath, () => resolve());
    });
  }

  cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#open) socket.destroy();
    if (!server) return Promise.resolve();
    return new Promise((resolve) => server.close(() => resolve()));
  }

  #join(near: net.Socket): void {
    const far = net.connect(this.engineSocket);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(one);
      // Either end may break at any moment; the other end learns it by its own close. What was said to its end is still
      // handed on: the pipe ends the other side after the last byte of it.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#open.delete(one);
        if (!one.readableEnded) other.destroy();
      });
      one.pipe(other);
    }
  }
}
