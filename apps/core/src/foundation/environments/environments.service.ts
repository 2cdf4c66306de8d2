import { Injectable } from '@nestjs/common';
import type { ContainerId, Environment, EnvironmentId } from '@bailiwick/contract';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { type AppError, notFound, unreachable } from '../../kernel/errors.js';
import { AccessService } from '../access/access.service.js';
import { type Actor, isStaff } from '../access/actor.js';
import type { Engine } from './engine.js';
import { EngineConnections, type Place } from './engine-connections.js';
import type { EnvironmentRow } from './environment.entity.js';
import type { MirrorStatus } from './mirror.js';
import { MirrorsService } from './mirrors.service.js';
import type { SeenContainer } from './seen-container.js';

/** The places that run things, and the way to each one's engine. */
@Injectable()
export class EnvironmentsService {
  constructor(
    private readonly access: AccessService,
    private readonly connections: EngineConnections,
    private readonly mirrors: MirrorsService,
  ) {}

  list(actor: Actor): Environment[] {
    if (!this.access.allows(actor, 'environments.see', null)) return [];
    return this.connections.all().map(({ row, engine }) => this.toEnvironment(actor, row, engine));
  }

  see(actor: Actor, id: EnvironmentId): Environment {
    const { row, engine } = this.place(id);
    if (!this.access.allows(actor, 'environments.see', null)) throw notFound('environment', id);
    return this.toEnvironment(actor, row, engine);
  }

  /** Every one, for the core's own use; people get `list`. */
  all(): EnvironmentRow[] {
    return this.connections.all().map(({ row }) => row);
  }

  get(id: EnvironmentId): EnvironmentRow {
    return this.place(id).row;
  }

  /** By id or by slug, as filters name it. */
  find(idOrSlug: string): EnvironmentRow | undefined {
    return this.connections.all().find(({ row }) => row.id === idOrSlug || row.slug === idOrSlug)?.row;
  }

  /** Where things go when nobody says where. */
  default(): EnvironmentRow {
    const [place] = this.connections.all();
    if (!place) throw new Error('There is no environment yet: asked before the module was initialised.');
    return place.row;
  }

  engineOf(id: EnvironmentId): Engine {
    return this.place(id).engine;
  }

  state(id: EnvironmentId): MirrorStatus {
    return this.mirrors.status(id);
  }

  /** Of every environment, for who asks after the whole. */
  states(): MirrorStatus[] {
    return this.connections.all().map(({ row }) => this.state(row.id));
  }

  /**
   * A container the caller cannot see does not exist for them. 503 while nobody knows whether it is still there: right
   * after a start, until its engine was asked.
   */
  container(actor: Actor, id: ContainerId): SeenContainer {
    const seen = this.mirrors.container(id);
    if (seen && this.access.allows(actor, 'containers.see', seen)) return seen;
    const awaited = seen ? undefined : this.mirrors.awaited(id);
    if (!awaited || !this.access.allows(actor, 'containers.see', awaited)) throw notFound('container', id);
    this.assertOnline(awaited.environmentId);
    throw this.unavailable(awaited.environmentId);
  }

  /** 503 that says since when and why, before anything is asked of an engine that is known to be away. */
  assertOnline(id: EnvironmentId): void {
    if (this.state(id).state !== 'online') throw this.unavailable(id);
  }

  private unavailable(id: EnvironmentId): AppError {
    const { reason, sinceMs } = this.state(id);
    return unreachable('engine_unavailable', 'The engine of this environment cannot be reached right now.', {
      ...(reason ? { hint: reason.hint } : {}),
      params: { environmentId: id, since: toIso(sinceMs), reason: reason?.code ?? 'connecting' },
    });
  }

  private place(id: EnvironmentId): Place {
    const place = this.connections.find(id);
    if (!place) throw notFound('environment', id);
    return place;
  }

  private toEnvironment(actor: Actor, row: EnvironmentRow, engine: Engine): Environment {
    const { state, sinceMs, syncedAtMs, reason, info } = this.state(row.id);
    const visible = this.mirrors
      .containers()
      .filter(
        (container) => container.environmentId === row.id && this.access.allows(actor, 'containers.see', container),
      );
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      kind: row.kind,
      state,
      since: toIso(sinceMs),
      syncedAt: toIsoOrNull(syncedAtMs),
      reason,
      address: isStaff(actor) ? engine.address : null,
      info,
      containers: {
        total: visible.length,
        running: visible.filter((container) => container.state === 'running').length,
      },
    };
  }
}
