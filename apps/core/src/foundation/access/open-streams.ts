import { Injectable } from '@nestjs/common';
import type { Capability } from '@bailiwick/contract';
import type { Target } from './access.rules.js';
import type { Actor } from './actor.js';

/** Something that stays open as long as its reader may have it: a log, a shell. */
export interface OpenStream {
  readonly actor: Actor;
  readonly capability: Capability;
  readonly target: Target;
}

/** What is open right now, so that who changes rights can be told what will close. */
@Injectable()
export class OpenStreams {
  private readonly open = new Set<OpenStream>();

  /** Returns the function that says it is closed. */
  add(stream: OpenStream): () => void {
    this.open.add(stream);
    return () => void this.open.delete(stream);
  }

  all(): readonly OpenStream[] {
    return [...this.open];
  }
}
