import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Capability } from '@bailiwick/contract';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import type { AppError } from '../../kernel/errors.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import type { Actor } from '../access/actor.js';
import { refusedTarget } from './audit-event.rules.js';
import { AuditQueueService } from './audit-queue.service.js';
import { type AuditTarget, AuditService } from './audit.service.js';
import { type MinuteCount, MinuteCounts } from './minute-counts.js';

/** How many different refusals of one person are told apart in a minute; it bounds them to twice as many rows. */
const KINDS_A_MINUTE = 30;

interface Refusal {
  readonly actor: Actor;
  readonly action: Capability | 'access.refused';
  readonly target: AuditTarget | null;
  readonly details: Readonly<Record<string, unknown>>;
}

const Resource = z.object({ resource: z.string() });

/** Writes down every no: the first of a kind at once, its repetitions of the same minute as one row with their count. */
@Injectable()
export class AuditRefusalsService implements OnModuleInit, OnModuleDestroy {
  private readonly counts = new MinuteCounts<Refusal>(KINDS_A_MINUTE);
  private stopListening: () => void = () => undefined;
  private stopCounting: () => void = () => undefined;

  constructor(
    private readonly audit: AuditService,
    private readonly queue: AuditQueueService,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.events.on('request.refused', (refusal) => this.note(refusal));
    this.stopCounting = this.queue.everySecond(() => this.writeRepeated(this.counts.takeDue(this.clock.now())));
  }

  onModuleDestroy(): void {
    this.stopListening();
    this.stopCounting();
    this.writeRepeated(this.counts.takeAll());
  }

  private note({ actor, capability, route, named, error }: CoreEvents['request.refused']): void {
    // The deed that was refused half way has written its row itself.
    if (this.audit.hasWritten(error)) return;
    const target = refusedTarget(resourceOf(error) ?? named);
    const refusal = { actor, action: capability, target, details: { capability, route, code: error.code } };
    const rest = { actor, action: 'access.refused' as const, target: null, details: { code: error.code } };
    const key = `${capability} ${route} ${error.code} ${target?.id ?? ''}`;
    const first = this.counts.add(actor.userId, key, refusal, rest, this.clock.now());
    if (first) this.write(first.what, 1);
  }

  private writeRepeated(counts: ReadonlyArray<MinuteCount<Refusal>>): void {
    for (const { what, count } of counts) if (count > 1) this.write(what, count - 1);
  }

  private write({ details, ...refusal }: Refusal, count: number): void {
    this.queue.write({ ...refusal, outcome: 'refused', details: { ...details, count } });
  }
}

const resourceOf = ({ params }: AppError): string | undefined => Resource.safeParse(params).data?.resource;
