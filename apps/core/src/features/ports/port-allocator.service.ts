import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  ContainerId,
  DeployInput,
  EnvironmentId,
  FindFreePort,
  FreePort,
  PortUser,
  PresetPort,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { type AppError, conflict } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { HostPorts } from './host-ports.driver.js';
import { type PlannedPort, portKey } from './ports.rules.js';

const LAST_PORT = 65_535;
/** How far above a busy port another one is looked for. */
const NEAR = 500;

interface Wish {
  /** All that are to be published. */
  readonly ports: readonly PresetPort[];
  /** What somebody chose for some of them. */
  readonly chosen: DeployInput['ports'];
  readonly environmentId: EnvironmentId;
}

export interface Allocation {
  readonly ports: PlannedPort[];
  /** Named by the person and not to be had. */
  readonly busy: PlannedPort[];
  /** Suggested by the preset and replaced by another one. */
  readonly replaced: Array<{ containerPort: number; suggested: number; hostPort: number }>;
}

/** A port of a container that is to be published; null where the host's port does not matter. */
export interface WantedPort {
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp';
  readonly hostPort: number | null;
}
type PublishedAt = Omit<PlannedPort, 'web'>;

/** One that somebody named; at the panel's usual address where nothing is said. */
type BusyPort = Pick<PlannedPort, 'hostPort' | 'protocol'> & Partial<Pick<PlannedPort, 'ip'>>;

export interface TakenPort {
  readonly environmentId: EnvironmentId;
  /** Who wanted it. */
  readonly containerId: ContainerId;
  readonly port: Pick<PlannedPort, 'hostPort' | 'protocol'>;
}

/** Finds a host port for each port that is to be published: the asked one, the suggested one, or any that is free. */
@Injectable()
export class PortAllocatorService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly reservations: PortReservationsService,
    private readonly hostPorts: HostPorts,
    private readonly mirrors: MirrorsService,
    private readonly access: AccessService,
    private readonly environments: EnvironmentsService,
  ) {}

  async allocate({ ports, chosen, environmentId }: Wish): Promise<Allocation> {
    const taken = await this.taken(environmentId);
    const allocation: Allocation = { ports: [], busy: [], replaced: [] };
    const asked = new Map(chosen.map((port) => [portKey(port), port]));
    const numberOf = (port: PresetPort) => asked.get(portKey(port))?.hostPort;
    // The named ones first, so that a suggestion never takes what somebody asked for.
    const inTurn = [...ports].sort((a, b) => Number(numberOf(b) !== undefined) - Number(numberOf(a) !== undefined));
    for (const port of inTurn) {
      const wanted = numberOf(port);
      const ip = asked.get(portKey(port))?.ip ?? this.config.BAILIWICK_PUBLISH_IP;
      const hostPort = wanted ?? (await this.anyPort(port, ip, taken));
      const planned = plan(port, ip, hostPort);
      const isFree = wanted === undefined || (await this.isFree(planned, taken));
      if (!isFree) allocation.busy.push(planned);
      const { suggestedHostPort: suggested, containerPort } = port;
      if (wanted === undefined && suggested !== undefined && suggested !== hostPort)
        allocation.replaced.push({ containerPort, suggested, hostPort });
      taken.add(hostKey({ protocol: port.protocol, port: hostPort }));
      allocation.ports.push(planned);
    }
    return allocation;
  }

  /** For a container that is there: what it holds stays its own, what is new must be free. 409 where one is not. */
  async change(
    actor: Actor,
    { containerId, environmentId }: { containerId: ContainerId; environmentId: EnvironmentId },
    wanted: readonly WantedPort[],
    own: readonly PublishedAt[],
  ): Promise<PlannedPort[]> {
    const taken = await this.taken(environmentId, containerId);
    const chosen: PlannedPort[] = [];
    for (const { hostPort: asked, containerPort, protocol } of wanted) {
      const before = own.find((port) => port.containerPort === containerPort && port.protocol === protocol);
      const port: PresetPort = { containerPort, protocol, label: '', web: false };
      const ip = before?.ip ?? this.config.BAILIWICK_PUBLISH_IP;
      const planned = plan(port, ip, asked ?? before?.hostPort ?? (await this.anyPort(port, ip, taken)));
      const isOwn = own.some((one) => one.hostPort === planned.hostPort && one.protocol === protocol);
      const key = hostKey({ protocol, port: planned.hostPort });
      if (taken.has(key) || (!isOwn && !(await this.isFree(planned, taken))))
        throw await this.conflict(actor, environmentId, planned, chosen);
      taken.add(key);
      chosen.push(planned);
    }
    return chosen;
  }

  /** 409 that says who has it, as far as the asker may know. */
  async conflict(
    actor: Actor,
    environmentId: EnvironmentId,
    busy: BusyPort,
    besides: readonly PlannedPort[] = [],
  ): Promise<AppError> {
    const { hostPort, protocol } = busy;
    const owner = await this.owner(actor, environmentId, { port: hostPort, protocol });
    return portConflict(busy, owner, { suggested: await this.nextFree(environmentId, busy, besides) });
  }

  /** Another one that somebody could name. */
  async suggest(actor: Actor, { protocol, after, env }: FindFreePort): Promise<FreePort> {
    this.access.require(actor, 'containers.create', null);
    const { id } = env === undefined ? this.environments.default() : this.environments.get(env);
    return { hostPort: await this.nextFree(id, { hostPort: after, protocol }, []) };
  }

  /** The first one above it that nothing holds; null where none is near. */
  private async nextFree(
    environmentId: EnvironmentId,
    { hostPort: busy, protocol, ip = this.config.BAILIWICK_PUBLISH_IP }: BusyPort,
    besides: readonly PlannedPort[],
  ): Promise<number | null> {
    const others = besides.map((port) => hostKey({ protocol: port.protocol, port: port.hostPort }));
    const taken = new Set([...(await this.taken(environmentId)), ...others]);
    const last = Math.min(busy + NEAR, LAST_PORT);
    for (let hostPort = busy + 1; hostPort <= last; hostPort += 1)
      if (await this.isFree({ ip, protocol, hostPort }, taken)) return hostPort;
    return null;
  }

  /** The engine found the port taken at the start, by somebody we know or by a stranger. */
  async explain(actor: Actor, { environmentId, containerId, port }: TakenPort, error: AppError): Promise<AppError> {
    const { hostPort, protocol } = port;
    const owner = await this.owner(actor, environmentId, { port: hostPort, protocol, except: containerId });
    return portConflict(port, owner, error.raw === undefined ? {} : { raw: error.raw });
  }

  private async owner(
    actor: Actor,
    environmentId: EnvironmentId,
    { port, protocol, except }: { port: number; protocol: string; except?: ContainerId },
  ): Promise<PortUser> {
    const held = (await this.reservations.held(environmentId)).find(
      (row) => row.containerId !== except && hostKey(row) === `${protocol}/${port}`,
    );
    const container = held
      ? this.mirrors.container(held.containerId)
      : this.mirrors
          .containers()
          .find((seen) => seen.id !== except && publishes(seen, { environmentId, port, protocol }));
    if (container && this.access.allows(actor, 'containers.see', container))
      return { kind: 'container', id: container.id, name: container.name };
    return container || held ? { kind: 'container', id: null, name: null } : { kind: 'host', id: null, name: null };
  }

  private async anyPort(port: PresetPort, ip: string, taken: ReadonlySet<string>): Promise<number> {
    const { suggestedHostPort: suggested } = port;
    if (suggested !== undefined && (await this.isFree(plan(port, ip, suggested), taken))) return suggested;
    const { first, last } = this.config.BAILIWICK_PORT_RANGE;
    const size = last - first + 1;
    // From somewhere on, all around: two who ask at once seldom meet, and the last free one is found.
    const start = randomInt(size);
    for (let step = 0; step < size; step += 1) {
      const hostPort = first + ((start + step) % size);
      if (await this.isFree(plan(port, ip, hostPort), taken)) return hostPort;
    }
    throw conflict('ports_exhausted', `Every host port from ${first} to ${last} is in use or reserved.`, {
      hint: 'Delete a container that holds one, name a port outside the range, or widen BAILIWICK_PORT_RANGE.',
      params: { range: `${first}-${last}`, containerPort: port.containerPort },
    });
  }

  private async isFree({ ip, hostPort, protocol }: Required<BusyPort>, taken: ReadonlySet<string>): Promise<boolean> {
    return !taken.has(hostKey({ protocol, port: hostPort })) && (await this.hostPorts.isFree(ip, hostPort, protocol));
  }

  /** What cannot be had, but for what that container has itself. */
  private async taken(environmentId: EnvironmentId, except?: ContainerId): Promise<Set<string>> {
    const held = (await this.reservations.held(environmentId)).filter((row) => row.containerId !== except);
    const published = this.mirrors
      .containers()
      .filter((container) => container.environmentId === environmentId && container.id !== except)
      .flatMap(({ ports }) => ports.map(({ protocol, hostPort }) => hostKey({ protocol, port: hostPort })));
    return new Set([...held.map(hostKey), ...published]);
  }
}

const publishes = (
  seen: SeenContainer,
  { environmentId, port, protocol }: { environmentId: EnvironmentId; port: number; protocol: string },
): boolean =>
  seen.environmentId === environmentId &&
  seen.ports.some((open) => open.hostPort === port && open.protocol === protocol);

const plan = ({ containerPort, protocol, web }: PresetPort, ip: string, hostPort: number): PlannedPort => ({
  containerPort,
  protocol,
  hostPort,
  ip,
  web,
});

const hostKey = ({ protocol, port }: { protocol: string; port: number }): string => `${protocol}/${port}`;

function portConflict(
  { hostPort, protocol }: Pick<PlannedPort, 'hostPort' | 'protocol'>,
  usedBy: PortUser,
  { suggested, raw }: { suggested?: number | null; raw?: string },
): AppError {
  const who =
    usedBy.kind === 'host' ? 'another program on the host' : usedBy.name === null ? 'another container' : usedBy.name;
  return conflict('port_conflict', `Port ${hostPort}/${protocol} is used by ${who}. Choose another one.`, {
    params: { hostPort, protocol, usedBy, ...(suggested === undefined ? {} : { suggested }) },
    ...(raw === undefined ? {} : { raw }),
  });
}
