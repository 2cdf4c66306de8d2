import { Draft, type Preset, type Project } from '@bailiwick/contract';
import * as z from 'zod';
import type { DeployForm } from './deploy-form.rules.ts';
import { restoreForm, withoutSecrets } from './kept-form.rules.ts';
import type { DraftVersion } from './draft-keeper.ts';

const keyOf = (address: string) => `bw_deploy:${address}`;
const Kept = z.object({ form: z.unknown(), draft: Draft.pick({ id: true, version: true, owner: true }).nullable() });
type Kept = z.infer<typeof Kept>;

/** What was entered at this address and not deployed yet; it lives as long as the tab and holds no secret. */
export function findDraft(address: string): string | null {
  return sessionStorage.getItem(keyOf(address));
}

/** The form as it stands in the tab; of a draft, only where that was not saved elsewhere since. */
export function openDraft(
  draft: string | null,
  saved: DraftVersion | null,
  fresh: DeployForm,
  projects: readonly Project[],
): DeployForm {
  const kept = readKept(draft);
  if (kept === null || !isOf(kept, saved)) return fresh;
  return restoreForm(fresh, kept.form, projects);
}

/** Which draft what is in the tab is of. */
export const draftOf = (draft: string | null): DraftVersion | null => readKept(draft)?.draft ?? null;

export function keepDraft(address: string, preset: Preset, form: DeployForm, draft: DraftVersion | null): void {
  sessionStorage.setItem(keyOf(address), JSON.stringify({ form: withoutSecrets(preset, form), draft }));
}

export function dropDraft(address: string): void {
  sessionStorage.removeItem(keyOf(address));
}

const isOf = ({ draft }: Kept, saved: DraftVersion | null): boolean =>
  saved === null || (draft?.id === saved.id && draft.version >= saved.version);

function readKept(draft: string | null): Kept | null {
  if (draft === null) return null;
  try {
    return Kept.safeParse(JSON.parse(draft)).data ?? null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
