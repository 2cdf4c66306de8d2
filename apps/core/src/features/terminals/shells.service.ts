import { Injectable } from '@nestjs/common';
import { Shell } from '@bailiwick/contract';
import type { Engine } from '../../foundation/environments/engine.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { conflict, isAppError } from '../../kernel/errors.js';

const LOOK = 'for each in bash ash sh; do if command -v "$each" >/dev/null 2>&1; then echo "$each"; fi; done';
const LIMITS = { timeoutMs: 5000, maxBytes: 1024 };
const MOST_KNOWN = 1000;

/** Which shells an image has. It is asked once: what is under an image's id never changes. */
@Injectable()
export class ShellsService {
  private readonly known = new Map<string, readonly Shell[]>();

  /** The best first; 409 where there is none. */
  async find(
    engine: Engine,
    { engineId, imageId }: Pick<SeenContainer, 'engineId' | 'imageId'>,
  ): Promise<[Shell, ...Shell[]]> {
    const shells = this.known.get(imageId) ?? (await this.ask(engine, engineId));
    const [best, ...others] = shells;
    if (!best) throw conflict('shell_missing', 'This image has no shell.');
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(imageId, shells);
    return [best, ...others];
  }

  private async ask(engine: Engine, engineId: string): Promise<readonly Shell[]> {
    try {
      const { stdout } = await engine.run(engineId, ['sh', '-c', LOOK], LIMITS);
      const words = new Set(stdout.toString('utf8').split('\n'));
      return Shell.options.filter((shell) => words.has(shell));
    } catch (error) {
      if (isAppError(error, 'tool_missing')) return [];
      throw error;
    }
  }
}
