import { isAppError } from '../../kernel/errors.js';
import { ImageAnswer, RegistryAnswer } from './docker-answers.rules.js';
import { assertName, type DockerCalls, IMAGE, LIMIT_MS } from './docker-calls.js';
import { fromStream, toAppError } from './docker-errors.rules.js';
import { linesOf } from './docker-lines.js';
import { PullTally } from './docker-pull.rules.js';
import type { EngineImage, PullProgress, RegistryImage } from './engine.js';
import { engineTimeout } from './engine-errors.js';

/** What registries say of an image they do not have; all else may be the way to them. */
const NO_SUCH_IMAGE = /manifest unknown|manifest for .* not found|name unknown|repository .* not found/i;

/** What a Docker Engine knows of images, on its host and beyond. */
export class DockerImages {
  constructor(private readonly calls: DockerCalls) {}

  async find(ref: string, signal?: AbortSignal): Promise<EngineImage | undefined> {
    assertName('image', ref, IMAGE);
    const call = { call: 'inspect', noun: 'engine', name: ref, limitMs: LIMIT_MS.ask, signal } as const;
    try {
      const answer = await this.calls.ask(call, async () =>
        (await this.calls.connected()).impatient.getImage(ref).inspect(),
      );
      const { Os: os, Architecture: architecture, Size: sizeBytes, Config } = ImageAnswer.parse(answer);
      return { platform: { os, architecture }, user: Config.User, sizeBytes };
    } catch (error) {
      if (isAppError(error, 'not_found') || isAppError(error, 'image_unavailable')) return undefined;
      throw error;
    }
  }

  async lookUp(ref: string, signal?: AbortSignal): Promise<RegistryImage | undefined> {
    assertName('image', ref, IMAGE);
    const call = { call: 'lookUp', noun: 'image', name: ref, limitMs: LIMIT_MS.ask, signal } as const;
    try {
      const answer = await this.calls.ask(call, async () =>
        (await this.calls.connected()).impatient.getImage(ref).distribution(),
      );
      const platforms = RegistryAnswer.parse(answer).Platforms.map(({ os, architecture }) => ({ os, architecture }));
      // A registry lists what vouches for an image beside what runs.
      return { platforms: platforms.filter(({ os }) => os !== 'unknown' && os !== '') };
    } catch (error) {
      if (isAppError(error, 'image_unavailable') && NO_SUCH_IMAGE.test(error.raw ?? '')) return undefined;
      throw error;
    }
  }

  async pull(ref: string, onProgress: (progress: PullProgress) => void, signal?: AbortSignal): Promise<void> {
    assertName('image', ref, IMAGE);
    const doing = { call: 'pull', noun: 'image', name: ref } as const;
    const stalled = new AbortController();
    const patience = setTimeout(() => stalled.abort(), LIMIT_MS.stall);
    const stop = () => stalled.abort();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const stream = await this.calls.open(
        { ...doing, limitMs: LIMIT_MS.stall, signal: stalled.signal },
        (docker, abortSignal) => docker.pull(ref, { abortSignal }),
      );
      const tally = new PullTally();
      for await (const line of linesOf(stream)) {
        patience.refresh();
        const told = tally.take(line);
        if ('error' in told) throw fromStream(told.error, doing);
        onProgress(told.progress);
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (stalled.signal.aborted) throw engineTimeout('pull', LIMIT_MS.stall);
      throw toAppError(error, doing);
    } finally {
      clearTimeout(patience);
      signal?.removeEventListener('abort', stop);
    }
  }
}
