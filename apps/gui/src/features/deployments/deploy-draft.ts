import type { Preset, Project } from '@bailiwick/contract';
import { type DeployForm, restoreForm, withoutSecrets } from './deploy-form.rules.ts';

const keyOf = (address: string) => `bw_deploy:${address}`;

/** What was entered at this address and not deployed yet; it lives as long as the tab and holds no secret. */
export function findDraft(address: string): string | null {
  return sessionStorage.getItem(keyOf(address));
}

export function openDraft(draft: string | null, fresh: DeployForm, projects: readonly Project[]): DeployForm {
  if (draft === null) return fresh;
  try {
    return restoreForm(fresh, JSON.parse(draft), projects);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fresh;
  }
}

export function keepDraft(address: string, preset: Preset, form: DeployForm): void {
  sessionStorage.setItem(keyOf(address), JSON.stringify(withoutSecrets(preset, form)));
}

export function dropDraft(address: string): void {
  sessionStorage.removeItem(keyOf(address));
}
