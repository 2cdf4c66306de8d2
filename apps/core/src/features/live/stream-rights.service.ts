import { Injectable } from '@nestjs/common';
import type { Capability, ContainerId, Gone } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { ActorResolver, type Credentials } from '../../foundation/access/actor-resolver.js';
import { OpenStreams } from '../../foundation/access/open-streams.js';
import { type Actor, cameWith } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';

interface Watch {
  readonly actor: Actor;
  /** Who stands behind it later is asked again. */
  readonly credentials: Credentials;
  readonly containerId: ContainerId;
  readonly capability: Capability;
  readonly onEnd: (reason: Gone['reason']) => void;
}

interface Followed extends Pick<Watch, 'actor' | 'credentials' | 'onEnd'> {
  /** Why it ends for them; undefined while it does not. */
  readonly lost: (who: Actor) => Gone['reason'] | undefined;
}

/** Who may have something open on a container, a log or a terminal, and for how long. */
@Injectable()
export class StreamRightsService {
  constructor(
    private readonly access: AccessService,
    private readonly actors: ActorResolver,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly events: Events,
    private readonly streams: OpenStreams,
    private readonly coreLog: CoreLog,
  ) {}

  get(actor: Actor, id: ContainerId, capability: Capability): SeenContainer {
    const container = this.environments.container(actor, id);
    this.access.require(actor, capability, container);
    return container;
  }

  /** Tells once when the right on a container ends while something is open. Returns the function that stops watching. */
  watch({ containerId, capability, actor, ...rest }: Watch): () => void {
    const lost = (who: Actor) => {
      const container = this.mirrors.container(containerId);
      if (!container) return undefined; // whatever is open says itself that its container is gone
      if (!this.access.allows(who, 'containers.see', container)) return 'not_found';
      return this.access.allows(who, capability, container) ? undefined : 'rights_changed';
    };
    const { stop, check, hooks } = this.follow({ ...rest, actor, lost });
    hooks.push(
      this.events.on('container.changed', ({ type, container }) => {
        if (type === 'upsert' && container.id === containerId) check();
      }),
    );
    const open = this.mirrors.container(containerId);
    if (open) hooks.push(this.streams.add({ actor, capability, target: open }));
    return stop;
  }

  /** Whether somebody may read what the container was told in confidence, for as long as something is open. */
  watchSecrets({ actor, credentials, containerId }: Omit<Watch, 'capability' | 'onEnd'>): {
    may: () => boolean;
    stop: () => void;
  } {
    let may = this.maySecrets(actor, this.mirrors.container(containerId));
    if (!may) return { may: () => false, stop: () => undefined };
    const lost = (who: Actor) =>
      this.maySecrets(who, this.mirrors.container(containerId)) ? undefined : ('rights_changed' as const);
    const { stop, check, hooks } = this.follow({ actor, credentials, lost, onEnd: () => (may = false) });
    hooks.push(
      this.events.on('container.changed', ({ container }) => {
        if (container.id === containerId) check();
      }),
    );
    return { may: () => may, stop };
  }

  maySecrets(actor: Actor, container: SeenContainer | undefined): boolean {
    return container !== undefined && this.access.allows(actor, 'containers.settingsSecrets', container);
  }

  /** The same of a right on the panel itself. */
  watchOverall({ capability, ...rest }: Omit<Watch, 'containerId'>): () => void {
    const lost = (who: Actor) => (this.access.allows(who, capability, null) ? undefined : ('rights_changed' as const));
    return this.follow({ ...rest, lost }).stop;
  }

  /** Tells once that anything changed about the rights of whoever is asked about one thing after another. */
  watchRights({ actor, onEnd }: Pick<Watch, 'actor' | 'onEnd'>): () => void {
    const end = (reason: Gone['reason']) => {
      stop();
      onEnd(reason);
    };
    const hooks = [
      ...this.untilSessionEnds(() => actor, end),
      this.events.on('rights.changed', ({ userId }) => {
        if (userId === actor.userId) end('rights_changed');
      }),
    ];
    const stop = () => {
      for (const unhook of hooks) unhook();
    };
    return stop;
  }

  private untilSessionEnds(who: () => Actor, end: (reason: Gone['reason']) => void): Array<() => void> {
    return [
      this.events.on('session.ended', ({ sessionId }) => {
        if (cameWith(who(), sessionId)) end('signed_out');
      }),
      this.events.on('token.ended', ({ tokenId }) => {
        if (cameWith(who(), tokenId)) end('signed_out');
      }),
      this.events.on('viewing.changed', ({ sessionId }) => {
        if (cameWith(who(), sessionId)) end('rights_changed');
      }),
    ];
  }

  /** Whatever ends a session says so; other changes of rights are looked at anew. */
  private follow({ actor, credentials, lost, onEnd }: Followed) {
    let who = actor;
    const end = (reason: Gone['reason']) => {
      stop();
      onEnd(reason);
    };
    const check = () => {
      const reason = lost(who);
      if (reason) end(reason);
    };
    const checkAnew = async () => {
      const now = await this.actors.fromHeaders(credentials);
      if (!now) return end('signed_out');
      who = now;
      check();
    };
    const hooks = [
      ...this.untilSessionEnds(() => who, end),
      this.events.on('rights.changed', ({ userId }) => {
        if (userId !== who.userId) return;
        checkAnew().catch((error: unknown) => {
          this.coreLog.for('live').error({ err: error }, 'Rights could not be asked; what was open is closed');
          end('rights_changed');
        });
      }),
    ];
    const stop = () => {
      for (const unhook of hooks) unhook();
    };
    return { stop, check, hooks };
  }
}
