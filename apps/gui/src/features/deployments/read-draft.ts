import 'server-only';
import { Draft } from '@bailiwick/contract';
import { readCore } from '../../lib/core.ts';

/** The draft in the address; one that is gone is begun anew. */
export async function readDraft(id: string | undefined): Promise<Draft | null> {
  if (id === undefined) return null;
  const draft = await readCore(`/me/drafts/${encodeURIComponent(id)}`, Draft);
  return draft.ok ? draft.value : null;
}
