import type { OutageCode } from '@bailiwick/contract';
import * as z from 'zod';
import { AppError, conflict, notFound } from '../../kernel/errors.js';
import { isWorkspace } from './workspace-name.rules.js';
import { engineUnavailable, imagePlatform, imageUnavailable, storageFull } from './engine-errors.js';

/** What was being done, and to what: the same words of an engine mean different things. */
export interface Doing {
  readonly call: string;
  readonly noun: 'container' | 'image' | 'network' | 'volume' | 'engine';
  readonly name: string;
}

const Answered = z.object({
  statusCode: z.int(),
  message: z.string(),
  json: z.object({ message: z.string() }).optional().catch(undefined),
});
const Broken = z.object({ code: z.string() });

const CONNECTION: Readonly<Record<string, OutageCode>> = {
  ENOENT: 'engine_down',
  ECONNREFUSED: 'engine_down',
  EHOSTUNREACH: 'engine_down',
  ENETUNREACH: 'engine_down',
  ENOTFOUND: 'engine_down',
  ETIMEDOUT: 'engine_down',
  EACCES: 'no_permission',
  EPERM: 'no_permission',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  ERR_STREAM_PREMATURE_CLOSE: 'connection_lost',
};

export const SUBNET_TAKEN = 'subnet_taken';
type Translation = (raw: string, doing: Doing) => AppError;
const HOST_PORT = /:(\d{1,5})(?::| failed|: bind|\/|$)/;

/** In the order they are tried; engines word the same thing differently over the years. */
const WORDS: ReadonlyArray<readonly [RegExp, Translation]> = [
  [/no space left on device|disk quota exceeded/i, storageFull],
  [/pool overlaps with other one|networks have overlapping IPv4/i, subnetTaken],
  [/no available IPv4 addresses/i, networkFull],
  [/port is already allocated|address already in use/i, portConflict],
  [/name .*is already in use/i, (raw, { name }) => conflict('name_taken', `The name ${name} is taken.`, { params: { name }, raw })],
  [/cgroup[ -]parent|(?:apply|applying) cgroup configuration|unable to start unit .*\.(?:slice|scope)|cannot enter cgroupv2/i, cgroupRefused],
  [/bind source path does not exist/i, folderUnreachable],
  [/no matching manifest|does not match the (?:specified|detected) (?:host )?platform/i, (raw, { name }) => imagePlatform(name, raw)],
  [/is already (?:paused|in progress)|is not (?:running|paused)|is paused|already started|already stopped|is restarting|You cannot remove a running container|cannot remove .*container is running/i, wrongState],
]; // prettier-ignore

/** An engine's failure in our words. Once: nobody above reads a foreign message. */
export function toAppError(error: unknown, doing: Doing): AppError {
  if (error instanceof AppError) return error;
  const answered = Answered.safeParse(error);
  if (answered.success) return fromAnswer(answered.data.statusCode, answered.data.json?.message ?? answered.data.message, doing); // prettier-ignore
  const broken = Broken.safeParse(error);
  const raw = error instanceof Error ? error.message : String(error);
  const reason = (broken.success && CONNECTION[broken.data.code]) || 'connection_lost';
  return engineUnavailable(reason, 'The engine cannot be reached.', raw);
}

/** An error an engine wrote into a stream it had already answered 200. */
export const fromStream = (raw: string, doing: Doing): AppError => fromAnswer(500, raw, doing);

function fromAnswer(status: number, raw: string, doing: Doing): AppError {
  for (const [words, translate] of WORDS) if (words.test(raw)) return translate(raw, doing);
  if (doing.noun === 'image' || /no such image/i.test(raw)) return imageUnavailable(doing.name, raw);
  if (status === 404) return notFound(doing.noun, doing.name);
  if (status === 304) return wrongState(raw, doing);
  if (status === 409)
    return conflict('conflict', `The engine says this is not possible now.`, { params: { ...doing }, raw });
  return new AppError('engine_refused', status === 400 ? 400 : 500, 'The engine refused.', {
    params: { ...doing },
    raw,
  });
}

function portConflict(raw: string): AppError {
  const port = HOST_PORT.exec(raw)?.[1];
  return conflict('port_conflict', port ? `Port ${port} is in use.` : 'A port is in use.', {
    params: port ? { hostPort: Number(port) } : {},
    raw,
  });
}

/** A workspace, by where the engine's host is said to have it, or a folder of the host that is not there. */
function folderUnreachable(raw: string, { name }: Doing): AppError {
  const path = raw.split('does not exist: ').at(-1)?.trim() ?? '';
  if (!isWorkspace(path.split('/').slice(-2).join('/')))
    return conflict('host_path_refused', `The host has no folder ${path}.`, {
      params: { path, reason: 'missing' },
      raw,
    });
  return conflict('volume_refused', 'The engine does not find the folder of the workspace.', {
    params: { volume: name, reason: 'unreachable' },
    raw,
  });
}

/** Only for whoever chooses where a network goes: they choose anew. */
function subnetTaken(raw: string, { name }: Doing): AppError {
  return conflict('conflict', 'Another network lies there.', { params: { network: name, reason: SUBNET_TAKEN }, raw });
}

/** It stands where its tenant does, or it is not made: nobody's limits are left out quietly. */
function cgroupRefused(raw: string, { name }: Doing): AppError {
  return new AppError('engine_refused', 500, `The engine does not let ${name} into the cgroup of its tenant.`, {
    hint: 'Let it make cgroups under `bailiwick`, or start it with the cgroup driver its host has.',
    params: { name, reason: 'cgroup' },
    raw,
  });
}

function networkFull(raw: string): AppError {
  return conflict('network_full', 'The network of this tenant has no free address.', { raw });
}

function wrongState(raw: string, { name, call }: Doing): AppError {
  return conflict('wrong_state', 'Its state does not allow this right now.', { params: { call, name }, raw });
}
