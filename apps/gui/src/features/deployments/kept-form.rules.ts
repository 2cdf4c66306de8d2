import { type Preset, Principal, type Project, VolumeId } from '@bailiwick/contract';
import * as z from 'zod';
import { ADVANCED_FIELDS, type AdvancedForm } from './advanced-options.rules.ts';
import type { DeployForm, Gift } from './deploy-form.rules.ts';

/** What may be kept in the browser: everything but secrets. */
export function withoutSecrets(preset: Preset, form: DeployForm): DeployForm {
  const secrets = new Set(preset.questions.filter(({ type }) => type === 'secret').map(({ name }) => name));
  const answers = Object.entries(form.answers).map(([name, answer]): [string, string | boolean] => [
    name,
    secrets.has(name) ? '' : answer,
  ]);
  return { ...form, answers: Object.fromEntries(answers), advanced: { ...form.advanced, env: '' } };
}

/** A kept form laid over a fresh one, so that a preset that changed since never meets fields it lost. */
export function restoreForm(fresh: DeployForm, kept: unknown, projects: readonly Project[]): DeployForm {
  if (!isRecord(kept)) return fresh;
  const textOr = (value: unknown, fallback: string) => (typeof value === 'string' ? value : fallback);
  const keptPorts = isRecord(kept['ports']) ? kept['ports'] : {};
  const keptAnswers = isRecord(kept['answers']) ? kept['answers'] : {};
  return {
    name: textOr(kept['name'], fresh.name),
    project: projects.find(({ id }) => id === kept['project'])?.id ?? fresh.project,
    ports: Object.fromEntries(Object.entries(fresh.ports).map(([key, port]) => [key, textOr(keptPorts[key], port)])),
    answers: Object.fromEntries(
      Object.entries(fresh.answers).map(([name, answer]): [string, string | boolean] => {
        const value = keptAnswers[name];
        return [name, typeof value === typeof answer && isAnswer(value) ? value : answer];
      }),
    ),
    volumes: restoreVolumes(kept['volumes']),
    workspace: textOr(kept['workspace'], fresh.workspace),
    memoryMib: textOr(kept['memoryMib'], fresh.memoryMib),
    cpus: textOr(kept['cpus'], fresh.cpus),
    advanced: restoreAdvanced(fresh.advanced, kept['advanced']),
    access: restoreAccess(kept['access']),
  };
}

/** Whether they are still kept is asked when the form is shown. */
function restoreVolumes(kept: unknown): DeployForm['volumes'] {
  const found: DeployForm['volumes'] = {};
  for (const [name, id] of Object.entries(isRecord(kept) ? kept : {})) {
    const volumeId = VolumeId.safeParse(id).data;
    if (volumeId !== undefined) found[name] = volumeId;
  }
  return found;
}

const KeptGift = z.object({
  principal: Principal,
  name: z.string(),
  carries: z.string().nullable(),
  role: z.string().nullable(),
});
/** Whether they may be given it still is asked when it is looked at. */
const restoreAccess = (kept: unknown): Gift[] => z.array(KeptGift).safeParse(kept).data ?? [];

function restoreAdvanced(fresh: AdvancedForm, kept: unknown): AdvancedForm {
  if (!isRecord(kept)) return fresh;
  const restored = { ...fresh };
  for (const field of ADVANCED_FIELDS) {
    const value = kept[field];
    if (typeof value === 'string') restored[field] = value;
  }
  return restored;
}

const isAnswer = (value: unknown): value is string | boolean => typeof value === 'string' || typeof value === 'boolean';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
