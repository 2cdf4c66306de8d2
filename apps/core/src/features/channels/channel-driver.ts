import type { ChannelFailure, ChannelSettings, ShownChannelSettings } from '@bailiwick/contract';
import type * as z from 'zod';
import type { Message } from './channel-message.js';

/** What the receiver answered where it took it. */
export interface Taken {
  readonly status: number | null;
  readonly said: string | null;
}

/** What became of a try that failed. */
export class NotTaken extends Error {
  constructor(
    readonly failure: ChannelFailure,
    readonly answer: Taken,
    /** How long it asks to be left alone. */
    readonly waitMs: number | undefined,
    cause?: unknown,
  ) {
    super(`The receiver did not take it (${failure}).`, { cause });
  }
}

/** One kind of receiver: what it is set to, what of that is shown, and how it is told. */
export abstract class ChannelDriver<Settings extends ChannelSettings> {
  abstract readonly kind: Settings['kind'];
  protected abstract readonly schema: z.ZodType<Settings>;

  shown(settings: unknown): ShownChannelSettings {
    return this.toShown(this.schema.parse(settings));
  }

  /** Throws `NotTaken`. */
  send(settings: unknown, message: Message, stopping: AbortSignal): Promise<Taken> {
    return this.tell(this.schema.parse(settings), message, stopping);
  }

  protected abstract toShown(settings: Settings): ShownChannelSettings;
  protected abstract tell(settings: Settings, message: Message, stopping: AbortSignal): Promise<Taken>;
}

export const hostOf = (url: string): string => new URL(url).host;
