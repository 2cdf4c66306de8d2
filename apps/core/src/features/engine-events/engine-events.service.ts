import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { EngineEventList, EngineEventType, ListEngineEvents, ToldEngineEvent } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { versionOf } from '../access/grants.rules.js';
import { kept, oldestTold, toType } from './engine-events.rules.js';

/** Of all engines together; a host that starts and ends thousands of containers costs no more memory. */
const MOST = 10_000;
/** What is too old goes when a few more came. */
const SWEEP_EACH = 100;
const NS_PER_MS = 1_000_000n;

export interface EngineEventNote {
  readonly id: string;
  readonly type: EngineEventType;
  readonly atMs: number;
  readonly exitCode: number | null;
  /** As it was then. */
  readonly container: SeenContainer;
}

declare module '../../kernel/events.js' {
  interface CoreEvents {
    'engine.event': EngineEventNote;
  }
}

/** What the engines told of containers in the last hour, to each who may see the container. */
@Injectable()
export class EngineEventsService implements OnModuleInit, OnModuleDestroy {
  private notes: EngineEventNote[] = [];
  private count = 0;
  private readonly startedAtMs: number;
  private stop: () => void = () => undefined;

  constructor(
    private readonly access: AccessService,
    private readonly mirrors: MirrorsService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {
    this.startedAtMs = clock.now();
  }

  onModuleInit(): void {
    this.stop = this.events.on('engine.announced', (announced) => this.note(announced));
  }

  onModuleDestroy(): void {
    this.stop();
  }

  /** The newest first. */
  list(actor: Actor, { container, environment, limit }: ListEngineEvents): EngineEventList {
    const items: ToldEngineEvent[] = [];
    for (const note of kept(this.notes, this.clock.now(), MOST).toReversed()) {
      if (items.length === limit) break;
      if (container !== undefined && note.container.id !== container) continue;
      if (environment !== undefined && note.container.environmentId !== environment) continue;
      if (this.isVisible(actor, note)) items.push(toTold(note));
    }
    const since = toIso(Math.max(this.startedAtMs, oldestTold(this.clock.now())));
    return { items, version: versionOf(items), since };
  }

  /** Undefined for who may not see its container. */
  show(actor: Actor, note: EngineEventNote): ToldEngineEvent | undefined {
    return this.isVisible(actor, note) ? toTold(note) : undefined;
  }

  /** Whose it is now decides; of what is gone, whose it was. */
  isVisible(actor: Actor, { container }: EngineEventNote): boolean {
    return this.access.allows(actor, 'containers.see', this.mirrors.container(container.id) ?? container);
  }

  private note({ container, event }: CoreEvents['engine.announced']): void {
    const type = toType(event.action);
    if (type === undefined) return;
    this.count += 1;
    const atMs = Number(event.atNs / NS_PER_MS);
    const note = { id: `${event.atNs}-${this.count}`, type, atMs, exitCode: event.exitCode, container };
    this.notes.push(note);
    if (this.count % SWEEP_EACH === 0) this.notes = [...kept(this.notes, this.clock.now(), MOST)];
    this.events.publish('engine.event', note);
  }
}

const toTold = ({ id, type, atMs, exitCode, container }: EngineEventNote): ToldEngineEvent => ({
  id,
  type,
  data: { id: container.id, name: container.name },
  at: toIso(atMs),
  environmentId: container.environmentId,
  exitCode,
});
