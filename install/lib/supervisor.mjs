import { spawn } from 'node:child_process';
import http from 'node:http';
import { at } from './paths.mjs';
import { logWriter } from './log-lines.mjs';
import { seconds, Trouble, warn } from './terminal.mjs';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const STEADY_MS = 60_000;
const GRACE_MS = 4000;
const HEALTHY_MS = 60_000;

/** One service: started, watched, started again after a crash (a little later each time), and stopped in time. */
export class Service {
  #child;
  #stopping = false;
  #wasHealthy = false;
  #delayMs = FIRST_DELAY_MS;
  #retry;
  #startedAt = 0;
  #lastWords = '';

  /** @param {{name: string, place: string, args: string[], env: Record<string, string>, health: string, paint: (text: string) => string, started?: () => void}} options */
  constructor(options) {
    this.options = options;
    this.write = logWriter(options.name, options.paint);
  }

  get pid() {
    return this.#child?.pid;
  }

  start() {
    const { place, args, env } = this.options;
    this.#startedAt = performance.now();
    // A group of its own: Ctrl-C reaches us alone, and we stop both in order.
    const child = spawn(process.execPath, args, {
      cwd: at(place),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    this.options.started?.();
    child.stdout.on('data', this.write.lines());
    const errors = this.write.lines();
    child.stderr.on('data', (bytes) => {
      this.#lastWords = (this.#lastWords + bytes).slice(-2000);
      errors(bytes);
    });
    child.on('exit', (code, signal) => this.#ended(code ?? signal));
  }

  #ended(how) {
    this.#child = undefined;
    if (this.#stopping || !this.#wasHealthy) return;
    if (performance.now() - this.#startedAt > STEADY_MS) this.#delayMs = FIRST_DELAY_MS;
    warn(`${this.options.name} ended with ${how}; starting it again in ${this.#delayMs / 1000} s`);
    this.#retry = setTimeout(() => this.start(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
  }

  /** Resolves when the service answers; fails at once when it ends before it ever did. */
  async healthy() {
    const deadline = performance.now() + HEALTHY_MS;
    while (performance.now() < deadline) {
      if (await answers(this.options.health)) {
        this.#wasHealthy = true;
        return;
      }
      if (!this.#child) throw new Trouble(`The ${this.options.name} did not start: ${this.#reason()}`);
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Trouble(`The ${this.options.name} did not answer within ${seconds(this.#startedAt)}.`);
  }

  #reason() {
    const lines = this.#lastWords.trim().split('\n').filter(Boolean);
    return (
      lines.findLast((line) => /error|BAILIWICK_/i.test(line)) ??
      lines.at(-1) ??
      'it said nothing; see the lines above.'
    );
  }

  /** Asks it to end, and after four seconds no longer asks. */
  async stop() {
    this.#stopping = true;
    clearTimeout(this.#retry);
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(force);
  }
}

function answers(url) {
  return new Promise((resolve) => {
    const request = http.get(url, { timeout: 2000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('error', () => resolve(false)).on('timeout', () => request.destroy());
  });
}
