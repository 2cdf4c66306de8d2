import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type {
  Capability,
  ContainerId,
  OpenTerminal,
  Shell,
  Terminal,
  TerminalExit,
  TerminalId,
  TerminalList,
  TerminalSize,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { EngineTerminal } from '../../foundation/environments/engine.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { conflict, isAppError, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ContainersService, type Entry } from '../containers/containers.service.js';
import { ContainerSettingsService } from '../container-settings/container-settings.service.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { LeftoverTerminalsService } from './leftover-terminals.service.js';
import { type Recording, RecordingsService } from './recordings.service.js';
import { ShellsService } from './shells.service.js';
import { type TerminalFacts, TerminalSession } from './terminal-session.js';
import { TerminalsStore } from './terminals.store.js';

const STALL_MS = 30_000;
/** What a shell leaves as its code that was ended by a signal. */
const SIGNALLED = 128;
const STOPS_WITHIN_MS = 1500;

interface Open {
  readonly session: TerminalSession;
  readonly entry: Entry;
  /** Resolves once nothing of it is left. */
  readonly over: Promise<void>;
}
type Wish = Pick<OpenTerminal, 'containerId' | 'root' | 'shell' | 'directory' | 'columns' | 'rows'>;

type Beginning = Wish & {
  readonly shell: Shell;
  readonly size: TerminalSize;
  readonly recording: Recording | undefined;
};

/** The terminals that are open: who may, how many, and that each of them ends. */
@Injectable()
export class TerminalsService implements OnModuleDestroy {
  private readonly open = new Map<TerminalId, Open>();
  /** By person: those that are being opened count as well. */
  private readonly opening = new Map<string, number>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly containers: ContainersService,
    private readonly leftovers: LeftoverTerminalsService,
    private readonly log: CoreLog,
    private readonly recordings: RecordingsService,
    private readonly rights: StreamRightsService,
    private readonly settings: ContainerSettingsService,
    private readonly shells: ShellsService,
    private readonly store: TerminalsStore,
  ) {}

  async onModuleDestroy(): Promise<void> {
    for (const { session } of this.open.values()) session.finish({ reason: 'core_ended', exitCode: null });
    await Promise.all([...this.open.values()].map(({ over }) => over));
  }

  /** A new one, which nobody looks on yet. It ends with the right of who opened it. */
  async start(actor: Actor, credentials: Credentials, wish: Wish): Promise<TerminalSession> {
    const capability = capabilityFor(wish.root);
    const entry = this.containers.enter(actor, wish.containerId, capability);
    this.assertRoom(actor);
    const before = this.opening.get(actor.userId) ?? 0;
    this.opening.set(actor.userId, before + 1);
    try {
      const shell = await this.chooseShell(entry, wish.shell);
      return await this.audit.around(
        actor,
        'containers.terminal',
        entry.target,
        { shell, root: wish.root },
        () => this.begin(actor, credentials, entry, { ...wish, shell }),
        ({ facts }) => ({ terminal: facts.id }),
      );
    } finally {
      const left = (this.opening.get(actor.userId) ?? 1) - 1;
      if (left === 0) this.opening.delete(actor.userId);
      else this.opening.set(actor.userId, left);
    }
  }

  /** One that is open. Who looks on at somebody else's is written down. */
  async find(actor: Actor, id: TerminalId): Promise<TerminalSession> {
    const { session, entry } = this.get(actor, id);
    if (session.facts.openedBy.id !== actor.userId)
      await this.audit.record(null, { actor, action: 'containers.terminalJoin', target: entry.target, outcome: 'done', details: { terminal: id } }); // prettier-ignore
    return session;
  }

  list(actor: Actor, containerId: ContainerId): TerminalList {
    this.containers.enter(actor, containerId, 'containers.shell');
    const items = [...this.open.values()].flatMap(({ session }) =>
      session.facts.containerId === containerId && this.reaches(actor, session) ? session.describe() : [],
    );
    return toList(items);
  }

  own(actor: Actor): TerminalList {
    const items = [...this.open.values()].flatMap(({ session }) =>
      session.facts.openedBy.id === actor.userId && this.reaches(actor, session) ? session.describe() : [],
    );
    return toList(items);
  }

  async end(actor: Actor, containerId: ContainerId, id: TerminalId): Promise<void> {
    this.containers.enter(actor, containerId, 'containers.shell');
    const { session, over } = this.get(actor, id);
    if (session.facts.containerId !== containerId) throw notFound('terminal', id);
    session.finish({ reason: 'ended', exitCode: null });
    await over;
  }

  private get(actor: Actor, id: TerminalId): Open {
    const open = this.open.get(id);
    if (!open || !this.reaches(actor, open.session)) throw notFound('terminal', id);
    return open;
  }

  private reaches(actor: Actor, { facts }: TerminalSession): boolean {
    const open = this.open.get(facts.id);
    return open !== undefined && this.access.allows(actor, capabilityFor(facts.root), open.entry.seen);
  }

  private assertRoom({ userId }: Actor): void {
    const opening = this.opening.get(userId) ?? 0;
    const own = [...this.open.values()].filter(({ session }) => session.facts.openedBy.id === userId).length;
    const { BAILIWICK_TERMINALS_PER_PERSON: perPerson, BAILIWICK_TERMINALS_TOTAL: total } = this.config;
    if (own + opening >= perPerson) throw tooMany('person', perPerson);
    const underWay = [...this.opening.values()].reduce((sum, some) => sum + some, 0);
    if (this.open.size + underWay >= total) throw tooMany('panel', total);
  }

  private async chooseShell({ engine, seen }: Entry, wanted: Shell | undefined): Promise<Shell> {
    const shells = await this.shells.find(engine, seen);
    if (wanted !== undefined && !shells.includes(wanted))
      throw conflict('tool_missing', `This image has no program ${wanted}.`, { params: { program: wanted } });
    return wanted ?? shells[0];
  }

  private async begin(
    actor: Actor,
    credentials: Credentials,
    entry: Entry,
    wish: Wish & { readonly shell: Shell },
  ): Promise<TerminalSession> {
    const id = newId('tty');
    const size = { columns: wish.columns, rows: wish.rows };
    const recording = await this.recordings.begin(actor, entry.seen, { id, root: wish.root, size });
    try {
      return await this.beginAs(id, actor, credentials, entry, { ...wish, size, recording });
    } catch (error) {
      if (recording) await this.recordings.discard(recording);
      throw error;
    }
  }

  private async beginAs(
    id: TerminalId,
    actor: Actor,
    credentials: Credentials,
    entry: Entry,
    wish: Beginning,
  ): Promise<TerminalSession> {
    const { engine, seen } = entry;
    const { size, recording } = wish;
    const ending = new AbortController();
    const terminal = await engine.openTerminal(
      seen.engineId,
      {
        argv: [wish.shell],
        root: wish.root,
        workingDir: wish.directory ?? (await this.settings.saved(seen.id)).consoleDirectory,
        ...size,
      },
      ending.signal,
    );
    this.leftovers.hold(id);
    await this.remember(id, actor, entry, terminal, ending);
    const facts: TerminalFacts = {
      id,
      containerId: seen.id,
      shell: wish.shell,
      root: wish.root,
      openedBy: { id: actor.userId, name: actor.displayName },
      openedAt: toIso(this.clock.now()),
      recorded: recording !== undefined,
    };
    const times = {
      idleMs: this.config.BAILIWICK_TERMINAL_IDLE_S * 1000,
      keepMs: this.config.BAILIWICK_TERMINAL_KEEP_S * 1000,
      stallMs: STALL_MS,
    };
    const howItEnded = () => this.howItEnded(entry, terminal);
    const session = new TerminalSession(facts, {
      terminal,
      size,
      times,
      howItEnded,
      nowMs: () => this.clock.now(),
      ...(recording ? { witness: recording.file } : {}),
    });
    const stopWatching = this.rights.watch({
      actor,
      credentials,
      containerId: seen.id,
      capability: capabilityFor(wish.root),
      onEnd: (reason) => session.finish({ reason, exitCode: null }),
    });
    const over = session.ended
      .then(async (exit) => {
        stopWatching();
        ending.abort();
        await this.close(actor, entry, session, exit);
        if (recording) await this.recordings.end(recording);
      })
      .catch((error: unknown) => this.log.for('terminals').error({ err: error }, 'A terminal did not end cleanly'));
    this.open.set(id, { session, entry, over });
    return session;
  }

  private async remember(
    id: TerminalId,
    { userId }: Actor,
    { seen, engine }: Entry,
    { mark }: EngineTerminal,
    ending: AbortController,
  ): Promise<void> {
    const { environmentId, tenantId, id: containerId, engineId } = seen;
    try {
      await this.store.save({ id, environmentId, tenantId, containerId, engineId, ...mark, userId, openedAt: this.clock.now() }); // prettier-ignore
    } catch (error) {
      ending.abort();
      await engine.hangUp(engineId, mark);
      throw error;
    }
  }

  private async close(
    actor: Actor,
    { seen, target }: Entry,
    { facts }: TerminalSession,
    exit: TerminalExit,
  ): Promise<void> {
    this.open.delete(facts.id);
    await this.leftovers.release(facts.id, seen.environmentId);
    const seconds = Math.round((this.clock.now() - Date.parse(facts.openedAt)) / 1000);
    const details = { terminal: facts.id, ...exit, seconds };
    await this.audit.record(null, { actor, action: 'containers.terminalEnd', target, outcome: 'done', details });
  }

  /** Whether the shell went, or its container with it. */
  private async howItEnded({ engine, seen }: Entry, terminal: EngineTerminal): Promise<TerminalExit> {
    try {
      const exitCode = await terminal.exitCode();
      const wasKilled = exitCode === null || exitCode >= SIGNALLED;
      if (await this.containers.isDown(engine, seen.engineId, wasKilled ? STOPS_WITHIN_MS : 0))
        return { reason: 'container_ended', exitCode: null };
      return exitCode === null ? { reason: 'connection_lost', exitCode } : { reason: 'exited', exitCode };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { reason: error.code === 'not_found' ? 'container_ended' : 'connection_lost', exitCode: null };
    }
  }
}

/** One for each connection that looks on. */
export const newViewerId = (): string => randomUUID();

export const capabilityFor = (root: boolean): Capability => (root ? 'containers.shellRoot' : 'containers.shell');

const toList = (items: Terminal[]): TerminalList => ({
  items,
  version: items.map(({ id, viewers }) => `${id}.${viewers}`).join(','),
});

const tooMany = (reason: 'person' | 'panel', most: number) =>
  conflict('too_many_terminals', `At most ${most} terminals may be open.`, { params: { reason, most } });
