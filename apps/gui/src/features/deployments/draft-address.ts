import { ContainerId, type Draft } from '@bailiwick/contract';
import * as z from 'zod';

const Beside = z.object({ duplicateOf: ContainerId });

/** What tells a draft of a duplicate from others: what it is to be like, which is looked at anew. */
export const besideDuplicate = (of: ContainerId): z.infer<typeof Beside> => ({ duplicateOf: of });
export const duplicateAddress = (of: string): string => `/deploy/duplicate/${of}`;

export const duplicateOf = ({ content }: Pick<Draft, 'content'>): ContainerId | undefined =>
  Beside.safeParse(content).data?.duplicateOf;

/** Where a draft is gone on with. */
export function draftAddress(draft: Pick<Draft, 'id' | 'preset' | 'content'>): string {
  const { id, preset } = draft;
  const of = duplicateOf(draft);
  if (of !== undefined) return `${duplicateAddress(of)}?draft=${id}`;
  return preset === null
    ? `/deploy/image?step=configure&draft=${id}`
    : `/deploy/${encodeURIComponent(preset)}?draft=${id}`;
}
