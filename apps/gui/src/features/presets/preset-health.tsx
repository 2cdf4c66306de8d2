import { useTranslations } from 'next-intl';
import { CheckField, FormSection, LinesField, NumberField } from './form-fields.tsx';
import { NEW_HEALTH, withOptional } from './preset-draft.rules.ts';
import type { PartProps } from './preset-form.tsx';

const SECOND_MS = 1000;
const TIMES = ['intervalMs', 'timeoutMs', 'startPeriodMs'] as const;

/** How it is found out whether it is well; without one the image's own counts. */
export function PresetHealth({ preset, onChange }: PartProps) {
  const t = useTranslations('catalogue.editor');
  const { health } = preset.config;
  const set = (next: typeof health) => onChange({ ...preset, config: withOptional(preset.config, { health: next }) });
  return (
    <FormSection title={t('health')}>
      <CheckField
        label={t('hasHealth')}
        checked={health !== undefined}
        onCheck={(has) => set(has ? NEW_HEALTH : undefined)}
      />
      {health !== undefined && (
        <>
          <LinesField
            label={t('healthCommand')}
            hint={t('healthHint')}
            value={health.command.join('\n')}
            onValue={(text) => set({ ...health, command: text.split('\n').filter((line) => line !== '') })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            {TIMES.map((time) => (
              <NumberField
                key={time}
                label={t(time)}
                value={health[time] / SECOND_MS}
                onNumber={(seconds) => set({ ...health, [time]: Math.round(seconds * SECOND_MS) })}
              />
            ))}
            <NumberField
              label={t('retries')}
              value={health.retries}
              onNumber={(retries) => set({ ...health, retries })}
            />
          </div>
        </>
      )}
    </FormSection>
  );
}
