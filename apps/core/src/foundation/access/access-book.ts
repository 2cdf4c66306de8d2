import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BUILT_IN_ROLES, type TenantId, type UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import {
  type AccessWrites,
  afterWrites,
  endedBetween,
  holders,
  NOTHING_GIVEN,
  nextEnd,
  touchedBy,
} from './access-state.rules.js';
import { AccessStore } from './access.store.js';
import { RoleRow } from './role.entity.js';
import type { AccessState, KnownGrant, Standing } from './standing.js';
import { type Holder, toStanding } from './standing.rules.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** What this person may do has changed. */
    'rights.changed': { userId: UserId };
    /** Grants, teams, projects or roles are not what they were. */
    'access.changed': { before: AccessState; after: AccessState };
    /** These came to their end by themselves. */
    'grants.ended': { grants: readonly KnownGrant[] };
  }
}

/** What it says under them, in the catalogue. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  none: 'Only what is chosen one by one.',
  observer: 'Looks on.',
  operator: 'Keeps it running.',
  developer: 'Builds and changes things.',
  maintainer: 'Everything on what they were given, and hands it on.',
  user: 'Uses what others run.',
  moderator: 'Looks after what a team runs.',
  tester: 'Tries things out.',
  admin: 'Everything on what they were given.',
};
/** Never waits longer before it looks at the clock, which may be set meanwhile. */
const LOOK_EVERY_MS = 1000;

interface Kept {
  readonly holder: Holder;
  readonly standing: Standing;
}

/** Everything that was handed on, kept in memory: every decision looks here, and every change passes through here. */
@Injectable()
export class AccessBook implements OnModuleInit, OnModuleDestroy {
  private current: AccessState = NOTHING_GIVEN;
  private readonly kept = new Map<UserId, Kept>();
  private readonly changes = new Map<UserId, number>();
  private readonly writing = new Mutex();
  /** A core that starts again counts again: its versions must not look like those before. */
  private readonly epoch = newId('epoch').slice(-6);
  private lookedAtMs = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly log: Log;

  constructor(
    private readonly store: AccessStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('access');
  }

  async onModuleInit(): Promise<void> {
    await this.database.transaction((rows) => this.keepBuiltInRoles(rows));
    this.current = await this.store.load();
    this.lookedAtMs = this.clock.now();
    this.wait();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  get state(): AccessState {
    return this.current;
  }

  /** What was handed on to somebody, as of now. */
  standingOf(holder: Holder): Standing {
    const now = this.clock.now();
    const known = this.kept.get(holder.userId);
    if (known && isSame(known.holder, holder) && known.standing.endsAtMs > now) return known.standing;
    // It may have ended before the timer saw it: whoever asks now is told at once.
    if (known && known.standing.endsAtMs <= now) this.count(holder.userId);
    const standing = toStanding(this.current, holder, now, this.versionOf(holder.userId));
    this.kept.set(holder.userId, { holder, standing });
    return standing;
  }

  /** One change at a time; in memory as soon as it is durable. `work` answers what the memory has to take over. */
  change<Result>(
    work: (rows: EntityManager, state: AccessState) => Promise<{ writes: AccessWrites; result: Result }>,
  ): Promise<Result> {
    return this.writing.run(() => this.write((rows) => work(rows, this.current)));
  }

  /** As `change`, where more than rows has to be looked up first: what `look` saw is what is written onto, or it looks again. */
  async changeAfter<Seen, Result>(
    look: (state: AccessState) => Promise<Seen>,
    work: (rows: EntityManager, seen: Seen) => Promise<{ writes: AccessWrites; result: Result }>,
  ): Promise<Result> {
    for (;;) {
      const state = this.current;
      const seen = await look(state);
      const done = await this.writing.run(async () =>
        this.current === state ? { result: await this.write((rows) => work(rows, seen)) } : undefined,
      );
      if (done) return done.result;
    }
  }

  /** Inside a transaction of somebody else's; call what it returns once that is committed. */
  async within(rows: EntityManager, writes: AccessWrites): Promise<() => void> {
    await this.store.write(rows, writes);
    return () => this.take(writes);
  }

  /** Somebody is gone, or in another tenant now: nothing that was handed on to them elsewhere stands. */
  async forget(rows: EntityManager, userId: UserId, now?: TenantId): Promise<() => void> {
    const elsewhere = ({ tenantId }: { tenantId: TenantId }) => tenantId !== now;
    const grants = [...this.current.grants.values()]
      .filter(({ principal }) => principal.id === userId)
      .filter(elsewhere);
    const teams = [...this.current.teams.values()].filter(({ members }) => members.has(userId)).filter(elsewhere);
    if (teams.length > 0) await this.store.forgetMember(rows, userId);
    return this.within(rows, {
      dropGrants: grants.map(({ id }) => id),
      putTeams: teams.map((team) => ({ ...team, members: new Set([...team.members].filter((id) => id !== userId)) })),
    });
  }

  private async write<Result>(
    work: (rows: EntityManager) => Promise<{ writes: AccessWrites; result: Result }>,
  ): Promise<Result> {
    const { writes, result } = await this.database.transaction(async (rows) => {
      const done = await work(rows);
      await this.store.write(rows, done.writes);
      return done;
    });
    this.take(writes);
    return result;
  }

  private take(writes: AccessWrites): void {
    const before = this.current;
    this.current = afterWrites(before, writes);
    const touched = touchedBy(before, this.current, writes);
    for (const userId of touched) this.renew(userId);
    this.events.publish('access.changed', { before, after: this.current });
    for (const userId of touched) this.events.publish('rights.changed', { userId });
    this.wait();
  }

  private renew(userId: UserId): void {
    this.kept.delete(userId);
    this.count(userId);
  }

  private count(userId: UserId): void {
    this.changes.set(userId, (this.changes.get(userId) ?? 0) + 1);
  }

  private versionOf(userId: UserId): string {
    const changes = this.changes.get(userId) ?? 0;
    return `${this.epoch}${changes}`;
  }

  private wait(): void {
    clearTimeout(this.timer);
    const now = this.clock.now();
    const end = nextEnd(this.current, this.lookedAtMs);
    if (end === Infinity) return;
    this.timer = setTimeout(() => this.look(), Math.max(0, Math.min(end - now, LOOK_EVERY_MS))).unref();
  }

  /** Ends what is over, and whatever is open by it. */
  private look(): void {
    const now = this.clock.now();
    const ended = endedBetween(this.current, this.lookedAtMs, now);
    this.lookedAtMs = Math.max(this.lookedAtMs, now);
    const touched = holders(this.current, ended);
    for (const userId of touched) this.renew(userId);
    for (const userId of touched) this.events.publish('rights.changed', { userId });
    if (ended.length > 0) {
      this.log.info({ grants: ended.map(({ id }) => id) }, 'Grants came to their end');
      this.events.publish('grants.ended', { grants: ended });
    }
    this.wait();
  }

  /** There from the first start, and what this version of the core says of them. */
  private async keepBuiltInRoles(rows: EntityManager): Promise<void> {
    const now = this.clock.now();
    const known = new Map((await rows.find(RoleRow)).map((row) => [row.name, row]));
    for (const [name, capabilities] of Object.entries(BUILT_IN_ROLES)) {
      const there = known.get(name);
      const row: RoleRow = {
        name,
        description: DESCRIPTIONS[name] ?? '',
        capabilities: [...capabilities],
        builtIn: true,
        updatedBy: null,
        updatedAt: there?.updatedAt ?? now,
      };
      await rows.upsert(RoleRow, row, ['name']);
    }
  }
}

const isSame = (one: Holder, other: Holder): boolean =>
  one.tenantId === other.tenantId && one.roleTag === other.roleTag;
