import type { Engine } from '../../src/foundation/environments/engine.js';

type When = 'before' | 'after';

/** What looks and is asked for at once, outside operations: it answers with what it has, never with a promise. */
export const SEEN: ReadonlySet<string | symbol> = new Set(['logs', 'usage']);

/**
 * The engine as operations see it, with one call that goes wrong: before its effect, or after it, so that only the
 * answer is lost. Counts what operations ask; the mirror has its own way to the engine.
 */
export class FailingEngine {
  calls = 0;
  /** The name of the call that went wrong. */
  failed: string | null = null;
  readonly engine: Engine;
  private nth = 0;
  private when: When = 'before';
  private error: Error = new Error('not armed');

  constructor(engine: Engine) {
    this.engine = new Proxy(engine, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (SEEN.has(name)) return value.bind(target) as unknown;
        return async (...args: unknown[]): Promise<unknown> => this.call(String(name), () => value.apply(target, args));
      },
    });
  }

  /** From now on the nth call goes wrong, once. */
  arm(nth: number, when: When, error: Error): void {
    Object.assign(this, { nth, when, error, calls: 0, failed: null });
  }

  private async call(name: string, work: () => Promise<unknown>): Promise<unknown> {
    this.calls += 1;
    if (this.calls !== this.nth) return work();
    this.failed = name;
    if (this.when === 'after') await work();
    throw this.error;
  }
}
