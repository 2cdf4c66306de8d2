/** What of the settings decides which hosts and origins are ours. */
export interface OwnAddresses {
  readonly publicUrl: string;
  readonly allowedHosts: readonly string[];
  readonly secure: boolean;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `name[:port]` → `name`, lower-case, IPv6 in brackets; undefined when it is not a host at all. */
function hostName(host: string): string | undefined {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  return name?.toLowerCase();
}

export const isLoopback = (name: string): boolean => LOOPBACK.has(name) || name === '::1' || name.startsWith('127.');

/** A name that is not ours may have been pointed at us by somebody else (DNS rebinding). */
export function isOwnHost(host: string | undefined, { publicUrl, allowedHosts }: OwnAddresses): boolean {
  const name = host === undefined ? undefined : hostName(host);
  if (name === undefined) return false;
  return (
    LOOPBACK.has(name) ||
    name === new URL(publicUrl).hostname ||
    allowedHosts.some((allowed) => hostName(allowed) === name)
  );
}

/** The panel's own pages only: the public URL, or the very host (with its port) this request was sent to. */
export function isOwnOrigin(origin: string, host: string | undefined, { publicUrl, secure }: OwnAddresses): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin !== origin) return false;
  if (url.origin === new URL(publicUrl).origin) return true;
  return url.host === host?.toLowerCase() && url.protocol === (secure ? 'https:' : 'http:');
}
