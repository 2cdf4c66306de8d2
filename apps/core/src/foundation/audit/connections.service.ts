import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { SessionId, TokenId, UserId } from '@bailiwick/contract';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { type Actor, credentialOf } from '../access/actor.js';
import { AuditQueueService } from './audit-queue.service.js';
import { AuditService } from './audit.service.js';
import { type Classification, judgeConnection, RAPID_MS, type Sighting } from './connections.rules.js';
import { KnownAddressesStore } from './known-addresses.store.js';
import { type MinuteCount, MinuteCounts } from './minute-counts.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** Somebody came from where they did not come from before, or from two places within minutes. */
    'connection.noticed': {
      userId: UserId;
      address: string;
      classification: Classification;
      /** The other address, where they changed rapidly. */
      rapidlyAfter: string | null;
    };
    /** So many requests of a minute wanted what only somebody signed in gets. */
    'connection.unauthenticated': { address: string; count: number };
  }
}

/** How many addresses are told apart in a minute; the rest is one row. */
const STRANGERS_A_MINUTE = 200;
/** How many rows one person's changes of address make in a minute. */
const CHANGES_A_MINUTE = 10;

interface Stranger {
  readonly address: string | null;
  readonly route: string;
}
interface Move {
  readonly actor: Actor;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Keeps an eye on where people come from, beside their requests. */
@Injectable()
export class ConnectionsService implements OnModuleInit, OnModuleDestroy {
  private readonly addressOf = new Map<SessionId | TokenId, string>();
  private readonly sightings = new Map<UserId, Map<string, number>>();
  private readonly strangers = new MinuteCounts<Stranger>(STRANGERS_A_MINUTE);
  private readonly moves = new MinuteCounts<Move>(CHANGES_A_MINUTE);
  private readonly stops: Array<() => void> = [];

  constructor(
    private readonly audit: AuditService,
    private readonly queue: AuditQueueService,
    private readonly known: KnownAddressesStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.stops.push(
      this.events.on('credential.used', (use) => this.note(use)),
      this.events.on('session.ended', ({ sessionId }) => this.addressOf.delete(sessionId)),
      this.events.on('token.ended', ({ tokenId }) => this.addressOf.delete(tokenId)),
      this.events.on('request.unauthenticated', (request) => this.countStranger(request)),
      this.queue.everySecond(() => this.sweep()),
    );
  }

  onModuleDestroy(): void {
    for (const stop of this.stops) stop();
    this.writeStrangers(this.strangers.takeAll());
    this.writeRepeated(this.moves.takeAll());
  }

  /** Costs a look into a map, unless the session has moved. */
  private note({ actor, openedFrom }: CoreEvents['credential.used']): void {
    const { userId, address } = actor;
    if (address === undefined) return;
    const credential = credentialOf(actor);
    const now = this.clock.now();
    const before = this.sightings.get(userId) ?? new Map<string, number>();
    const recent = [...before].map(([place, at]) => ({ address: place, at }));
    this.sightings.set(userId, before.set(address, now));
    const last = this.addressOf.get(credential);
    if (last === address) return;
    this.addressOf.set(credential, address);
    const moved = (last ?? openedFrom ?? address) !== address;
    this.queue.run(() => this.judge(actor, address, { recent, moved }));
  }

  private async judge(
    actor: Actor,
    address: string,
    { recent, moved }: { recent: readonly Sighting[]; moved: boolean },
  ): Promise<void> {
    const { userId } = actor;
    const now = this.clock.now();
    const stored = (await this.known.of(userId)).map((row) => ({ address: row.address, at: row.lastSeenAt }));
    const { classification, rapidlyAfter } = judgeConnection(address, [...stored, ...recent], now);
    await this.database.transaction((rows) => this.known.note(rows, { userId, address, now }));
    const action = rapidlyAfter ? 'connections.rapidChange' : ACTIONS[classification];
    if (action === undefined || (classification === 'known' && !rapidlyAfter && !moved)) return;
    const details = { classification, ...(rapidlyAfter ? { after: rapidlyAfter.address, afterMs: now - rapidlyAfter.at } : {}) }; // prettier-ignore
    const move = { actor, action, details };
    const first = this.moves.add(userId, `${action} ${address}`, move, move, now);
    if (!first) return;
    await this.audit.record(null, { actor, action, target: toTarget(actor), outcome: 'done', details });
    this.events.publish('connection.noticed', { userId, address, classification, rapidlyAfter: rapidlyAfter?.address ?? null }); // prettier-ignore
  }

  private countStranger({ address, route }: CoreEvents['request.unauthenticated']): void {
    this.strangers.add('strangers', address, { address, route }, { address: null, route }, this.clock.now());
  }

  private sweep(): void {
    const now = this.clock.now();
    this.writeStrangers(this.strangers.takeDue(now));
    this.writeRepeated(this.moves.takeDue(now));
    for (const [userId, places] of this.sightings) {
      for (const [address, at] of places) if (now - at >= RAPID_MS) places.delete(address);
      if (places.size === 0) this.sightings.delete(userId);
    }
  }

  private writeStrangers(counts: ReadonlyArray<MinuteCount<Stranger>>): void {
    for (const { what, since, count } of counts) {
      this.queue.write({
        actor: { kind: 'anonymous', name: 'unknown', ...(what.address === null ? {} : { address: what.address }) },
        action: 'connections.unauthenticated',
        target: null,
        outcome: 'refused',
        details: { count, since: new Date(since).toISOString(), route: what.route },
      });
      this.events.publish('connection.unauthenticated', { address: what.address ?? 'several', count });
    }
  }

  private writeRepeated(counts: ReadonlyArray<MinuteCount<Move>>): void {
    for (const { what, count } of counts)
      if (count > 1)
        this.queue.write({
          ...what,
          target: toTarget(what.actor),
          outcome: 'done',
          details: { ...what.details, count: count - 1 },
        });
  }
}

const ACTIONS: Readonly<Record<Classification, string | undefined>> = {
  first: undefined,
  known: 'connections.knownAddress',
  new: 'connections.newAddress',
};

const toTarget = ({ userId, username, tenantId }: Actor) => ({ kind: 'user', id: userId, label: username, tenantId });
