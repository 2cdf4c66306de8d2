import { LabelName } from '@bailiwick/contract';

/**
 * Labels that steer other software or mean something to us. An image's own labels become the container's, so every one
 * of these is set on create: empty stands for "not there" and is left out when we read it back.
 */
const EMPTY = [
  'bailiwick.id',
  'bailiwick.op',
  'bailiwick.tenant',
  'bailiwick.preset',
  'bailiwick.sig',
  'com.docker.compose.project',
  'com.docker.compose.service',
  'com.docker.compose.container-number',
  'com.docker.compose.oneoff',
  'com.docker.compose.config-hash',
  'com.docker.compose.project.config_files',
  'com.docker.compose.project.working_dir',
  'com.docker.stack.namespace',
  'caddy',
];
export const RESERVED_LABELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(EMPTY.map((name) => [name, ''])),
  'traefik.enable': 'false',
  'com.centurylinklabs.watchtower.enable': 'false',
};

export const OWN_LABEL = /^bailiwick\.[a-z]+$/;

/** Whether people may use it: no prefix that steers other software, ours least of all. */
export const isTag = (name: string): boolean => LabelName.safeParse(name).success;

export const withoutReserved = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter(([name, value]) => value !== '' || RESERVED_LABELS[name] !== ''));
