'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { MIB, type Preset, RestartPolicy } from '@bailiwick/contract';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { useMayAnywhere } from '../identity/me.tsx';
import {
  ADVANCED_FIELDS,
  type AdvancedField,
  type AdvancedForm,
  countChosen,
  isMeant,
  USUAL_HEALTH,
  USUAL_PERIOD_MS,
} from './advanced-options.rules.ts';

interface Props {
  preset: Preset;
  form: AdvancedForm;
  errorOf: (path: string) => string | undefined;
  onChange: (form: AdvancedForm) => void;
  onLeave: (path: string) => void;
  /** A workspace beyond the preset, for who may choose one. */
  workspace: { field: ReactNode; isChosen: boolean } | null;
}

const LINES: ReadonlySet<AdvancedField> = new Set(['entrypoint', 'command', 'env', 'tags', 'healthCommand']);
const PARTS = [
  ['start', ['entrypoint', 'command', 'user', 'workingDir']],
  ['environment', ['env', 'tags']],
  ['limits', ['swapMib', 'shmMib', 'diskMib', 'pids', 'cpuShares', 'cpuset', 'quotaMs', 'periodMs', 'gpus']],
  ['restart', ['restart', 'retries']],
  ['health', ['healthCommand', 'intervalS', 'timeoutS', 'healthRetries', 'startPeriodS']],
  ['reach', ['domainName', 'launchUrl']],
  ['begin', ['explorerRoot', 'consoleDirectory']],
] as const satisfies ReadonlyArray<readonly [string, readonly AdvancedField[]]>;

/** For who knows what they want beyond the preset; closed until something of it was chosen or is wrong. */
export function AdvancedSection({ preset, form, errorOf, onChange, onLeave, workspace }: Props) {
  const t = useTranslations('deploy.advanced');
  const restart = useTranslations('deploy.restartPolicy');
  const chosen = countChosen(form) + (workspace?.isChosen ? 1 : 0);
  const isWorkspaceWrong = workspace !== null && errorOf('workspace') !== undefined;
  const wrong = isWorkspaceWrong || ADVANCED_FIELDS.some((field) => errorOf(`options.${field}`) !== undefined);
  const control = (field: AdvancedField) => ({
    name: field,
    value: form[field],
    onChange: ({ target }: { target: { value: string } }) => onChange({ ...form, [field]: target.value }),
    onBlur: () => onLeave(`options.${field}`),
  });
  const placeholders = fromPreset(preset);
  const policy = form.restart || preset.config.restart;
  const hasGpus = useMayAnywhere('containers.useGpu');
  const isAsked = (field: AdvancedField) => {
    if (field === 'gpus') return hasGpus;
    return field === 'retries' ? policy === 'on-failure' : isMeant(form, field);
  };
  const row = (field: AdvancedField) => (
    <Field
      key={field}
      label={t(`field.${field}`)}
      hint={t(`hint.${field}`)}
      error={errorOf(`options.${field}`)}
      className={LINES.has(field) ? 'sm:col-span-2' : undefined}
    >
      {(own) =>
        field === 'restart' ? (
          <Select {...own} {...control(field)}>
            <option value="">{t('ofPreset', { policy: restart(preset.config.restart) })}</option>
            {RestartPolicy.options.map((each) => (
              <option key={each} value={each}>
                {restart(each)}
              </option>
            ))}
          </Select>
        ) : LINES.has(field) ? (
          <Textarea
            {...own}
            {...control(field)}
            spellCheck={false}
            autoComplete="off"
            className="min-h-20 font-mono"
            placeholder={placeholders[field]}
          />
        ) : (
          <Input
            {...own}
            {...control(field)}
            inputMode={MODES[field] ?? 'numeric'}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={placeholders[field]}
          />
        )
      }
    </Field>
  );
  return (
    <Card>
      <details open={chosen > 0 || wrong} className="group">
        <summary className="flex min-h-8 items-center gap-2 font-medium touch:min-h-11">
          <ChevronRight aria-hidden className="size-4 shrink-0 group-open:rotate-90 rtl:rotate-180" />
          {t('title')}
          <span className="font-normal text-fg-3">{t('chosen', { count: chosen })}</span>
        </summary>
        <div className="mt-4 flex flex-col gap-6">
          {workspace !== null && (
            <div className="flex flex-col gap-3">
              <h3 className="border-b border-line pb-1 font-medium text-fg-2">{t('part.storage')}</h3>
              {workspace.field}
            </div>
          )}
          {PARTS.map(([part, fields]) => (
            <div key={part} className="flex flex-col gap-3">
              <h3 className="border-b border-line pb-1 font-medium text-fg-2">{t(`part.${part}`)}</h3>
              <div className="grid items-start gap-4 sm:grid-cols-2">{fields.filter(isAsked).map(row)}</div>
            </div>
          ))}
        </div>
      </details>
    </Card>
  );
}

const MODES: Partial<Record<AdvancedField, 'text' | 'decimal' | 'url'>> = {
  user: 'text',
  workingDir: 'text',
  cpuset: 'text',
  quotaMs: 'decimal',
  periodMs: 'decimal',
  intervalS: 'decimal',
  timeoutS: 'decimal',
  startPeriodS: 'decimal',
  domainName: 'url',
  launchUrl: 'url',
  explorerRoot: 'text',
  consoleDirectory: 'text',
};
const inMib = (bytes: number | undefined) => (bytes === undefined ? undefined : String(Math.round(bytes / MIB)));
const fromPreset = ({ config }: Preset): Partial<Record<AdvancedField, string | undefined>> => ({
  ...USUAL_HEALTH,
  command: config.command?.join('\n'),
  healthCommand: config.health?.command.join('\n'),
  periodMs: USUAL_PERIOD_MS,
  retries: '5',
  user: config.user,
  swapMib: inMib(config.memorySwapBytes),
  shmMib: inMib(config.shmBytes),
  cpuShares: '1024',
  pids: String(config.pids),
  explorerRoot: config.explorerRoot,
  consoleDirectory: config.consoleDirectory,
});
