import type { Preset, Project } from '@bailiwick/contract';
import { type DeployForm, restoreForm, withoutSecrets } from './deploy-form.rules.ts';

const keyOf = (preset: Preset) => `bw_deploy:${preset.name}`;

/** What was entered for this preset and not deployed yet; it lives as long as the tab and holds no secret. */
export function findDraft(preset: Preset): string | null {
  return sessionStorage.getItem(keyOf(preset));
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

export function keepDraft(preset: Preset, form: DeployForm): void {
  sessionStorage.setItem(keyOf(preset), JSON.stringify(withoutSecrets(preset, form)));
}

export function dropDraft(preset: Preset): void {
  sessionStorage.removeItem(keyOf(preset));
}
