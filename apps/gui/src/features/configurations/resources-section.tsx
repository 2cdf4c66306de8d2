'use client';

import { useTranslations } from 'next-intl';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Changed, FieldPair, Locked, SettingField } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';
import { Section } from './startup-sections.tsx';

export function ResourcesSection() {
  const t = useTranslations('configuration');
  const deploy = useTranslations('deploy');
  const { applied, form, change, refusalOf } = useSettingsDesk();
  return (
    <Section title={t('section.resources')}>
      <Locked field="memoryMib" />
      <FieldPair>
        <SettingField field="memoryMib" label={deploy('memory')} inputMode="numeric" />
        <SettingField field="swapMib" label={t('field.swapMib')} hint={t('hint.swapMib')} inputMode="numeric" />
        <Field label={t('field.counted')} hint={t('hint.counted')}>
          {(control) => (
            <>
              <Select
                {...control}
                name="counted"
                value={form.counted}
                disabled={refusalOf('counted') !== null}
                onChange={({ target }) => change({ counted: target.value === 'quota' ? 'quota' : 'cores' })}
              >
                <option value="cores">{t('counted.cores')}</option>
                <option value="quota">{t('counted.quota')}</option>
              </Select>
              <Changed field="counted" now="" />
            </>
          )}
        </Field>
        {form.counted === 'cores' ? (
          <SettingField field="cpus" label={deploy('cpus')} inputMode="decimal" />
        ) : (
          <FieldPair>
            <SettingField field="quotaMs" label={deploy('advanced.field.quotaMs')} inputMode="decimal" />
            <SettingField field="periodMs" label={deploy('advanced.field.periodMs')} inputMode="decimal" />
          </FieldPair>
        )}
        <SettingField
          field="cpuShares"
          label={deploy('advanced.field.cpuShares')}
          hint={deploy('advanced.hint.cpuShares')}
          inputMode="numeric"
          placeholder="1024"
        />
        <SettingField field="cpuset" label={deploy('advanced.field.cpuset')} hint={deploy('advanced.hint.cpuset')} />
        <SettingField
          field="pids"
          label={deploy('advanced.field.pids')}
          hint={deploy('advanced.hint.pids')}
          inputMode="numeric"
        />
        <SettingField
          field="shmMib"
          label={deploy('advanced.field.shmMib')}
          hint={deploy('advanced.hint.shmMib')}
          inputMode="numeric"
          placeholder="64"
        />
      </FieldPair>
      {applied.gpus !== undefined && <p>{t('gpus', { count: applied.gpus })}</p>}
    </Section>
  );
}
