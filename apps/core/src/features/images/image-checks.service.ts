import { Injectable } from '@nestjs/common';
import type { EnvironmentId, Preset, ReviewCheck } from '@bailiwick/contract';
import type { RegistryImage } from '../../foundation/environments/engine.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import { Clock } from '../../kernel/clock.js';
import { isAppError } from '../../kernel/errors.js';
import { imageCheck, type ImageLook } from './image-checks.rules.js';
import { userCheck } from './user-check.rules.js';

const LOOK_WITHIN_MS = 2000;
/** Registries count questions: what one said is believed for a while, and that it said nothing shorter. */
const SAID_MS = 300_000;
const SILENT_MS = 60_000;
const MOST_KEPT = 200;

interface Kept {
  readonly look: Promise<ImageLook>;
  untilMs: number;
}

interface WantedImage {
  readonly image: string;
  readonly profile: Preset['config']['profile'];
  /** The number that was chosen; null where the image decides. */
  readonly user: string | null;
}

/** Whether an image can be had, would run and as whom, before anything is made of it. */
@Injectable()
export class ImageChecksService {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly environments: EnvironmentsService,
    private readonly clock: Clock,
  ) {}

  async checks(
    environmentId: EnvironmentId,
    { image, profile, user: chosen }: WantedImage,
  ): Promise<[image: ReviewCheck, user: ReviewCheck]> {
    const { info } = this.environments.state(environmentId);
    const look = await this.look(environmentId, image);
    const named = look?.at === 'host' ? look.image.user : undefined;
    return [
      look
        ? imageCheck(image, look, info?.architecture ?? null)
        : { check: 'image', outcome: 'warning', code: 'not_known', params: {} },
      userCheck({ image, profile, chosen, named }),
    ];
  }

  /** Undefined while its engine does not say. */
  private async look(environmentId: EnvironmentId, image: string): Promise<ImageLook | undefined> {
    if (this.environments.state(environmentId).state !== 'online') return undefined;
    try {
      const engine = this.environments.engineOf(environmentId);
      const found = await engine.findImage(image, AbortSignal.timeout(LOOK_WITHIN_MS));
      return found ? { at: 'host', image: found } : await this.lookUp(environmentId, image);
    } catch (error) {
      if (isOutage(error)) return undefined;
      throw error;
    }
  }

  private lookUp(environmentId: EnvironmentId, image: string): Promise<ImageLook> {
    const key = `${environmentId} ${image}`;
    const now = this.clock.now();
    const before = this.kept.get(key);
    if (before && before.untilMs > now) return before.look;
    this.kept.delete(key);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    const entry: Kept = { look: this.ask(environmentId, image), untilMs: now + SAID_MS };
    this.kept.set(key, entry);
    return entry.look.then((look) => {
      if (look.at === 'unknown') entry.untilMs = now + SILENT_MS;
      return look;
    });
  }

  private async ask(environmentId: EnvironmentId, image: string): Promise<ImageLook> {
    try {
      const said: RegistryImage | undefined = await this.environments.engineOf(environmentId).lookUpImage(image);
      return said ? { at: 'registry', image: said } : { at: 'nowhere' };
    } catch (error) {
      if (isAppError(error) && (isOutage(error) || NO_ANSWER.has(error.code))) return { at: 'unknown' };
      throw error;
    }
  }
}

const NO_ANSWER: ReadonlySet<string> = new Set(['image_unavailable', 'engine_refused', 'not_found', 'busy']);
