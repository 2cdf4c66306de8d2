'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Preset, RestartPolicy } from '@bailiwick/contract';
import { Card } from '../../ui/card.tsx';
import { Field, type FieldProps } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { type AdvancedField, type AdvancedForm, countChosen } from './advanced-options.rules.ts';

interface Props {
  preset: Preset;
  form: AdvancedForm;
  errorOf: (path: string) => string | undefined;
  onChange: (form: AdvancedForm) => void;
  onLeave: (path: string) => void;
}

const LINES = ['entrypoint', 'command', 'env', 'tags'] as const;
const NUMBERS = ['swapMib', 'shmMib', 'cpuShares', 'cpuset', 'pids'] as const;

/** For who knows what they want beyond the preset; closed until something of it was chosen or is wrong. */
export function AdvancedSection({ preset, form, errorOf, onChange, onLeave }: Props) {
  const t = useTranslations('deploy.advanced');
  const restart = useTranslations('deploy.restartPolicy');
  const chosen = countChosen(form);
  const wrong = [...LINES, ...NUMBERS, 'restart', 'retries'].some((field) => errorOf(`options.${field}`) !== undefined);
  const control = (field: AdvancedField) => ({
    name: field,
    value: form[field],
    onChange: ({ target }: { target: { value: string } }) => onChange({ ...form, [field]: target.value }),
    onBlur: () => onLeave(`options.${field}`),
  });
  const row = (field: AdvancedField, children: FieldProps['children']) => (
    <Field key={field} label={t(`field.${field}`)} hint={t(`hint.${field}`)} error={errorOf(`options.${field}`)}>
      {children}
    </Field>
  );
  const placeholders = fromPreset(preset);
  const policy = form.restart || preset.config.restart;
  return (
    <Card>
      <details open={chosen > 0 || wrong} className="group">
        <summary className="flex min-h-8 items-center gap-2 font-medium touch:min-h-11">
          <ChevronRight aria-hidden className="size-4 shrink-0 group-open:rotate-90 rtl:rotate-180" />
          {t('title')}
          <span className="font-normal text-fg-3">{t('chosen', { count: chosen })}</span>
        </summary>
        <div className="mt-4 flex flex-col gap-4">
          {LINES.map((field) =>
            row(field, (own) => (
              <Textarea
                {...own}
                {...control(field)}
                spellCheck={false}
                autoComplete="off"
                className="min-h-20 font-mono"
                placeholder={field === 'command' ? preset.config.command?.join('\n') : undefined}
              />
            )),
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            {NUMBERS.map((field) =>
              row(field, (own) => (
                <Input
                  {...own}
                  {...control(field)}
                  inputMode={field === 'cpuset' ? 'text' : 'numeric'}
                  autoComplete="off"
                  placeholder={placeholders[field]}
                />
              )),
            )}
            {row('restart', (own) => (
              <Select {...own} {...control('restart')}>
                <option value="">{t('ofPreset', { policy: restart(preset.config.restart) })}</option>
                {RestartPolicy.options.map((each) => (
                  <option key={each} value={each}>
                    {restart(each)}
                  </option>
                ))}
              </Select>
            ))}
            {policy === 'on-failure' &&
              row('retries', (own) => (
                <Input {...own} {...control('retries')} inputMode="numeric" autoComplete="off" placeholder="5" />
              ))}
          </div>
        </div>
      </details>
    </Card>
  );
}

const MIB = 1024 * 1024;
const inMib = (bytes: number | undefined) => (bytes === undefined ? undefined : String(Math.round(bytes / MIB)));
const fromPreset = ({ config }: Preset): Partial<Record<AdvancedField, string | undefined>> => ({
  swapMib: inMib(config.memorySwapBytes),
  shmMib: inMib(config.shmBytes),
  cpuShares: '1024',
  pids: String(config.pids),
});
