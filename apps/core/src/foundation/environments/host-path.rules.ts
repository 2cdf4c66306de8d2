/** Whoever has one of these has the host, the engine or other containers; their parents and what is in them as well. */
const HOST_FOLDERS = ['/etc', '/proc', '/sys', '/dev', '/root', '/boot', '/run', '/var/run', '/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/var/lib/docker', '/var/lib/containerd', '/var/lib/containers', '/var/lib/kubelet', '/var/spool/cron', '/var/lib/systemd']; // prettier-ignore
/** Wherever they lie: keys to other machines, and to engines. */
const KEY_FOLDERS: ReadonlySet<string> = new Set(['.ssh', '.docker', '.gnupg', '.kube', 'docker.sock', 'podman.sock']);
/** Nothing that looks like something else, leads elsewhere, or is read by a shell, an engine or a compose file. */
const PART = /^(?!~)[A-Za-z0-9._@+=~-](?:[A-Za-z0-9._@+=~ -]*[A-Za-z0-9._@+=~-])?$/;

export type HostPathMistake = 'not_plain' | 'protected';

/** With one slash between its parts and none at its end; undefined for what is no plain absolute path. */
export function plainHostPath(text: string): string | undefined {
  if (!text.startsWith('/') || text.length > 1024) return undefined;
  const parts = text.split('/').filter((part) => part !== '');
  return parts.every((part) => part !== '.' && part !== '..' && PART.test(part)) ? `/${parts.join('/')}` : undefined;
}

/** Why a folder of the host is not put into a container; `own` are those of this panel and its engine. */
export function findHostPathMistake(text: string, own: readonly string[] = []): HostPathMistake | undefined {
  const path = plainHostPath(text);
  if (path === undefined) return 'not_plain';
  const isProtected = [...HOST_FOLDERS, ...own].some((folder) => touches(path, folder));
  return isProtected || partsOf(path).some((part) => KEY_FOLDERS.has(part)) ? 'protected' : undefined;
}

/** One in the other, either way; some hosts do not tell large letters from small ones. */
function touches(one: string, other: string): boolean {
  const [first, second] = [partsOf(one), partsOf(other)];
  const shorter = first.length < second.length ? first : second;
  return shorter.every((_, at) => first[at] === second[at]);
}
const partsOf = (path: string): string[] => path.toLowerCase().split('/').filter((part) => part !== ''); // prettier-ignore
