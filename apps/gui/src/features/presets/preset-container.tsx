import { useTranslations } from 'next-intl';
import type { Preset } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { FormSection, LinesField, NumberField, TextField } from './form-fields.tsx';
import { fromLines, toLines, withOptional } from './preset-draft.rules.ts';
import type { PartProps } from './preset-form.tsx';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const POLICIES: readonly Preset['config']['restart'][] = ['no', 'on-failure', 'unless-stopped', 'always'];

/** What runs, and how much it may take. */
export function PresetContainer({ preset, onChange }: PartProps) {
  const t = useTranslations('catalogue.editor');
  const deploy = useTranslations('deploy.restartPolicy');
  const { config } = preset;
  const set = (changed: Partial<Preset['config']>) => onChange({ ...preset, config: { ...config, ...changed } });
  const setOptional = (changed: Parameters<typeof withOptional>[1]) =>
    onChange({ ...preset, config: withOptional(config, changed) });
  const setCommand = (text: string) => {
    const { command: _, ...rest } = config;
    const lines = text.split('\n').filter((line) => line !== '');
    onChange({ ...preset, config: lines.length === 0 ? rest : { ...rest, command: lines } });
  };
  return (
    <FormSection title={t('container')}>
      <TextField label={t('image')} required value={config.image} onValue={(image) => set({ image })} />
      <LinesField
        label={t('command')}
        hint={t('commandHint')}
        value={(config.command ?? []).join('\n')}
        onValue={setCommand}
      />
      <LinesField
        label={t('env')}
        hint={t('envHint')}
        value={toLines(Object.entries(config.env))}
        onValue={(text) => set({ env: Object.fromEntries(fromLines(text)) })}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField
          label={t('memoryMib')}
          value={config.memoryBytes / MIB}
          onNumber={(mib) => set({ memoryBytes: Math.round(mib * MIB) })}
        />
        <NumberField label={t('cpus')} value={config.cpus} onNumber={(cpus) => set({ cpus })} />
        <NumberField label={t('pids')} value={config.pids} onNumber={(pids) => set({ pids })} />
        <NumberField
          label={t('cpuShares')}
          value={config.cpuShares}
          onNumber={(shares) => setOptional({ cpuShares: shares === 0 ? undefined : shares })}
        />
        <NumberField
          label={t('diskGib')}
          value={config.diskBytes === undefined ? undefined : config.diskBytes / GIB}
          onNumber={(gib) => setOptional({ diskBytes: gib === 0 ? undefined : Math.round(gib * GIB) })}
        />
      </div>
      <Field label={t('restart')}>
        {(control) => (
          <Select
            {...control}
            className="max-w-60"
            value={config.restart}
            onChange={({ target }) =>
              set({ restart: POLICIES.find((policy) => policy === target.value) ?? config.restart })
            }
          >
            {POLICIES.map((policy) => (
              <option key={policy} value={policy}>
                {deploy(policy)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormSection>
  );
}
