const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The names the panel answers to: its public one, the allowed ones, and this machine's own. */
export function allowedHosts(publicUrl: string | undefined, extra: readonly string[]): ReadonlySet<string> {
  return new Set([
    ...LOOPBACK,
    ...(publicUrl ? [new URL(publicUrl).host] : []),
    ...extra.map((host) => host.toLowerCase()),
  ]);
}

/** A name allowed without a port is allowed on every port. Refusing others keeps rebound DNS names out. */
export function isAllowedHost(host: string, allowed: ReadonlySet<string>): boolean {
  const asked = host.toLowerCase();
  return allowed.has('*') || allowed.has(asked) || allowed.has(asked.replace(/:\d+$/, ''));
}
