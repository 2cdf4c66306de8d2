import { type Volume, VolumeState } from '@bailiwick/contract';

/** What the address says about the list. */
export interface VolumeView {
  q: string;
  state: VolumeState | '';
  /** An id. */
  tenant: string;
}

export const ALL_VOLUMES: VolumeView = { q: '', state: '', tenant: '' };

export const readVolumeView = (parameters: URLSearchParams): VolumeView => ({
  q: (parameters.get('q') ?? '').slice(0, 200),
  state: VolumeState.safeParse(parameters.get('state')).data ?? '',
  tenant: (parameters.get('tenant') ?? '').slice(0, 64),
});

/** The query string of a view; empty for all of them. */
export function writeVolumeView(view: VolumeView): string {
  const named = Object.entries(view).filter(([, value]) => value !== '');
  return named.length === 0 ? '' : `?${new URLSearchParams(named)}`;
}

export const filterCount = ({ q, state, tenant }: VolumeView): number =>
  [q.trim(), state, tenant].filter((value) => value !== '').length;

/** Those that are meant; found by every word of theirs, whoever had them. */
export function selectVolumes(volumes: readonly Volume[], { q, state, tenant }: VolumeView): Volume[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return volumes.filter(
    (volume) =>
      (state === '' || volume.state === state) &&
      (tenant === '' || volume.tenantId === tenant) &&
      words.every((word) => textOf(volume).includes(word)),
  );
}

const textOf = ({ name, label, target, container, lastContainerName, owner }: Volume): string =>
  [name, label, target, container?.name ?? '', lastContainerName, owner?.displayName ?? ''].join('\n').toLowerCase();
