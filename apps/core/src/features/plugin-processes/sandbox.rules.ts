/** How one process is shut in. Paths are of the host but for those `INSIDE`. */
export interface Sandbox {
  /** Read-only inside. */
  readonly folder: string;
  /** Its sockets; it may write there. */
  readonly socketFolder: string;
  readonly node: string;
  /** What the host has of /bin, /lib and so on: a link's target, or null for a folder. */
  readonly system: ReadonlyMap<string, string | null>;
  readonly hasNetwork: boolean;
  /** The user it is inside and outside; null where the core is not root, whose user it then is. */
  readonly uid: number | null;
  readonly cpuSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly hasSeccomp: boolean;
}

export const INSIDE = {
  folder: '/plugin',
  sockets: '/run/bailiwick',
  node: '/run/node',
} as const;
/** What its process finds open, and what the sandbox itself reads and writes. */
export const DESCRIPTORS = { token: 3, block: 4, info: 5, seccomp: 6 } as const;
export const SYSTEM_FOLDERS = ['/bin', '/sbin', '/lib', '/lib64', '/lib32', '/libx32'];

const TEMPORARY_BYTES = 16 * 1024 * 1024;
const [OPEN_FILES, FILE_BYTES] = [256, 64 * 1024 * 1024];
/** What a program needs of /etc to load libraries and, with a network, to find others. */
const LOADER = ['/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/alternatives'];
const NETWORK = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf', '/etc/ssl/certs', '/etc/ca-certificates'];

/** The words after `bwrap` that start `command` shut in. */
export function sandboxWords(command: readonly string[], sandbox: Sandbox): string[] {
  const { folder, socketFolder, node, system, hasNetwork, uid, environment, hasSeccomp } = sandbox;
  const folders = [...system].flatMap(([place, target]) =>
    target === null ? ['--ro-bind', place, place] : ['--symlink', target, place],
  );
  const etc = ['--perms', '0755', '--dir', '/etc'].concat(
    [...LOADER, ...(hasNetwork ? NETWORK : [])].flatMap((file) => ['--ro-bind-try', file, file]),
  );
  return [
    ...(uid === null ? ['--unshare-user'] : []),
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(hasNetwork ? [] : ['--unshare-net']),
    ...['--hostname', 'plugin', '--die-with-parent', '--new-session'],
    ...['--ro-bind', '/usr', '/usr', ...folders, ...etc],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--perms', '1777', '--size', String(TEMPORARY_BYTES), '--tmpfs', '/tmp'],
    // Else only root may look into what bubblewrap makes on the way.
    ...['--perms', '0755', '--dir', '/run', '--ro-bind', node, INSIDE.node],
    ...['--ro-bind', folder, INSIDE.folder, '--bind', socketFolder, INSIDE.sockets],
    ...['--remount-ro', '/', '--chdir', INSIDE.folder, '--clearenv'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--block-fd', String(DESCRIPTORS.block), '--info-fd', String(DESCRIPTORS.info)],
    ...(hasSeccomp ? ['--seccomp', String(DESCRIPTORS.seccomp)] : []),
    ...(uid === null ? [] : ['--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID', '--cap-add', 'CAP_SETPCAP']),
    '--',
    ...limitedWords(command, sandbox),
  ];
}

/** The user and the limits, set inside by util-linux, right before its program. */
function limitedWords(command: readonly string[], { uid, cpuSeconds }: Sandbox): string[] {
  const limits = [`--cpu=${cpuSeconds}`, '--core=0', `--nofile=${OPEN_FILES}`, `--fsize=${FILE_BYTES}`];
  const user = uid === null ? [] : [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  return [
    ...['/usr/bin/setpriv', ...user, '--no-new-privs', '--inh-caps=-all'],
    ...(uid === null ? [] : ['--bounding-set=-all']),
    ...['/usr/bin/prlimit', ...limits, '--', ...command],
  ];
}

/** As it is started inside: `node` and `python3` are the host's, all else is the plugin's own. */
export function insideCommand([program, ...words]: readonly [string, ...string[]]): string[] {
  if (program === 'node') return [INSIDE.node, ...words];
  if (program === 'python3') return ['/usr/bin/python3', ...words];
  return [`${INSIDE.folder}/${program}`, ...words];
}
