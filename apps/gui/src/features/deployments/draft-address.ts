import type { Draft } from '@bailiwick/contract';

/** Where a draft is gone on with. */
export function draftAddress({ id, preset }: Pick<Draft, 'id' | 'preset'>): string {
  return preset === null
    ? `/deploy/image?step=configure&draft=${id}`
    : `/deploy/${encodeURIComponent(preset)}?draft=${id}`;
}
