import { Injectable } from '@nestjs/common';
import type { FieldIssue, PresetUpdate } from '@bailiwick/contract';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import type { WantedPort } from '../ports/port-allocator.service.js';
import type { Made } from './configurations.rules.js';

/** What a container would be under the newer version of its preset. */
export interface NewerPreset {
  readonly update: PresetUpdate;
  /** With the ports it has. */
  readonly after: Made;
  /** Null where they stay. */
  readonly ports: readonly WantedPort[] | null;
  /** Questions that are new and have no answer. */
  readonly issues: readonly FieldIssue[];
  /** What the row says of its deployment from then on. */
  readonly deployed: Readonly<Record<string, unknown>>;
}

type Find = (seen: SeenContainer, applied: Made) => Promise<NewerPreset | undefined>;

/** Where whoever changes containers asks for newer presets; what a preset makes is known to who deploys it. */
@Injectable()
export class NewerPresets {
  private findNewer: Find | undefined;

  onFind(find: Find): void {
    this.findNewer = find;
  }

  /** Undefined where its preset is as it was, is gone, or would change nothing. */
  async find(seen: SeenContainer, applied: Made): Promise<NewerPreset | undefined> {
    if (!this.findNewer) throw new Error('Nobody knows of presets.');
    return this.findNewer(seen, applied);
  }
}
