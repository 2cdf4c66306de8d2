import type { EngineInfo, EngineTest } from '@bailiwick/contract';

type Line = EngineTest['lines'][number];
interface Reason {
  readonly code: string;
  readonly hint: string;
}

const POOR_STORAGE = new Set(['vfs', 'devicemapper', 'aufs']);

/** What a first look at an engine found: every line says what was looked at, and what to do when it is not well. */
export function toEngineTest(answer: { info: EngineInfo; containers: number } | { reason: Reason }): EngineTest {
  const lines = 'reason' in answer ? failedLines(answer.reason) : lookedAt(answer.info, answer.containers);
  return { ok: lines.every(({ outcome }) => outcome !== 'failed'), lines };
}

function failedLines({ code, hint }: Reason): Line[] {
  if (code === 'no_permission')
    return [
      ok('reachable', 'The socket is there.'),
      { check: 'permission', outcome: 'failed', detail: 'The core may not use the socket.', hint },
    ];
  if (code === 'engine_too_old')
    return [
      ok('reachable', 'It answers.'),
      { check: 'version', outcome: 'failed', detail: 'It is older than Docker 20.10.', hint },
    ];
  return [{ check: 'reachable', outcome: 'failed', detail: 'It does not answer.', hint }];
}

const lookedAt = (info: EngineInfo, containers: number): Line[] => [
  ok('reachable', `${info.name} answers.`),
  ok('version', `Version ${info.version}, API ${info.apiVersion}.`),
  ok('permission', `It lists ${containers} containers.`),
  storage(info),
  cgroup(info),
  memoryLimit(info),
];

function storage({ storageDriver }: EngineInfo): Line {
  if (!POOR_STORAGE.has(storageDriver)) return ok('storage', `Storage driver ${storageDriver}.`);
  return warning('storage', `Storage driver ${storageDriver} is slow or out of support.`, 'Use overlay2.');
}

function cgroup({ cgroupVersion, rootless }: EngineInfo): Line {
  if (rootless && cgroupVersion === '1')
    return warning('cgroup', 'Rootless on cgroup v1: limits have no effect.', 'Start the host with cgroup v2.');
  return ok('cgroup', `cgroup v${cgroupVersion}.`);
}

function memoryLimit({ warnings }: EngineInfo): Line {
  const missing = (what: RegExp) => warnings.some((text) => what.test(text));
  if (missing(/no memory limit/i))
    return warning(
      'memoryLimit',
      'Memory limits have no effect on this host.',
      'Enable the memory cgroup (cgroup_enable=memory) or use cgroup v2.',
    );
  if (missing(/no swap limit/i))
    return warning(
      'memoryLimit',
      'Memory is limited, swap is not.',
      'Start the kernel with swapaccount=1 or use cgroup v2.',
    );
  return ok('memoryLimit', 'Memory and swap can be limited.');
}

const ok = (check: Line['check'], detail: string): Line => ({ check, outcome: 'ok', detail, hint: null });
const warning = (check: Line['check'], detail: string, hint: string): Line => ({
  check,
  outcome: 'warning',
  detail,
  hint,
});
