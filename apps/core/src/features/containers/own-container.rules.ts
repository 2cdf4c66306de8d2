const ENGINE_ID = /[0-9a-f]{64}/g;
const SHORT_ID = /^[0-9a-f]{12}$/;

/**
 * The engine ids under which this process may be running: full ids from its control groups and mounts,
 * and the short id an engine gives as host name. Outside a container there is nothing to find.
 */
export function ownIdsIn(text: { cgroup: string; mountinfo: string; hostname: string }): ReadonlySet<string> {
  const mounts = text.mountinfo
    .split('\n')
    .filter((line) => /\/containers\/[0-9a-f]{64}\/(hostname|hosts|resolv\.conf)\b/.test(line));
  return new Set([
    ...(text.cgroup.match(ENGINE_ID) ?? []),
    ...mounts.flatMap((line) => line.match(ENGINE_ID) ?? []),
    ...(SHORT_ID.test(text.hostname) ? [text.hostname] : []),
  ]);
}

export const isOneOf = (ownIds: ReadonlySet<string>, engineId: string): boolean =>
  ownIds.has(engineId) || ownIds.has(engineId.slice(0, 12));
