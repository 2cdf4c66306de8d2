import type { Container, ContainerDetail } from '@bailiwick/contract';
import type { SftpServer } from '../../config.js';
import { isRoot } from '../../foundation/environments/docker-spec.rules.js';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';

/** Proves who made a container; it is nobody's to copy. */
const HIDDEN_LABELS: ReadonlySet<string> = new Set(['bailiwick.sig']);

/** What a check says is a stranger's text, and as long as it likes. */
const MOST_PROBES = 5;
const LONGEST_OUTPUT = 4096;

interface Look {
  readonly item: Container;
  readonly seen: SeenContainer;
  /** Undefined while the engine does not answer: what only it knows stays empty. */
  readonly inspection: EngineInspection | undefined;
  readonly atMs: number;
  readonly sftp: SftpServer | undefined;
}

/** The host's own paths and ids are for staff. */
export function toDetail({ item, seen, inspection, atMs, sftp }: Look, { staff }: { staff: boolean }): ContainerDetail {
  return {
    ...item,
    inspectedAt: inspection ? toIso(atMs) : null,
    engineId: staff ? seen.engineId : null,
    imageId: seen.imageId,
    command: [...(inspection?.command ?? [])],
    entrypoint: [...(inspection?.entrypoint ?? [])],
    workingDir: inspection?.workingDir ?? '',
    user: inspection?.user ?? '',
    runsAsRoot: inspection !== undefined && isRoot(inspection.user),
    restartPolicy: inspection?.restartPolicy ?? { name: '', maximumRetryCount: 0 },
    restartCount: inspection?.restartCount ?? 0,
    oomKilled: seen.oomKilled,
    startedAt: toIsoOrNull(seen.startedAtMs),
    finishedAt: toIsoOrNull(seen.finishedAtMs),
    envNames: (inspection?.env ?? []).map(nameOfVariable),
    labels: withoutHidden(seen.labels),
    mounts: (inspection?.mounts ?? []).map((mount) => ({ ...mount, source: staff ? mount.source : null })),
    networks: inspection
      ? inspection.networkAddresses.map((network) => ({ ...network }))
      : seen.networks.map((name) => ({ name, ip: null })),
    limits: inspection?.limits ?? { memoryBytes: null, cpus: null, pids: null },
    healthProbes: (inspection?.healthProbes ?? [])
      .slice(-MOST_PROBES)
      .map(({ atMs: probedAtMs, exitCode, output }) => ({
        at: toIso(probedAtMs),
        exitCode,
        output: output.slice(0, LONGEST_OUTPUT),
      })),
    tty: inspection?.tty ?? false,
    sftp: sftp !== undefined && item.rights.can.includes('files.list') ? { ...sftp } : null,
  };
}

/** The engine's own words, without our signature and the values of variables: those are secrets until proved otherwise. */
export function withoutSecrets(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const config = raw['Config'];
  if (!isRecord(config)) return { ...raw };
  const { Env, Labels } = config;
  return {
    ...raw,
    Config: {
      ...config,
      ...(Array.isArray(Env) ? { Env: Env.map((text) => `${nameOfVariable(String(text))}=…`) } : {}),
      ...(isRecord(Labels) ? { Labels: withoutHidden(Labels) } : {}),
    },
  };
}

const withoutHidden = <Value>(labels: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !HIDDEN_LABELS.has(name)));

const nameOfVariable = (text: string): string => text.split('=', 1)[0] ?? text;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
