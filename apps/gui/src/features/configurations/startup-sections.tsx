'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { RestartPolicy } from '@bailiwick/contract';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Changed, FieldPair, Locked, SettingField } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card aria-label={title} className="flex min-w-0 flex-col gap-4">
      <CardTitle>{title}</CardTitle>
      {children}
    </Card>
  );
}

export function StartupSection() {
  const t = useTranslations('configuration');
  const advanced = useTranslations('deploy.advanced.field');
  const hint = useTranslations('deploy.advanced.hint');
  return (
    <Section title={t('section.startup')}>
      <Locked field="image" />
      <SettingField field="image" label={t('field.image')} hint={t('hint.image')} />
      <Locked field="command" />
      <SettingField field="entrypoint" label={advanced('entrypoint')} hint={t('hint.entrypoint')} lines />
      <SettingField field="command" label={advanced('command')} hint={t('hint.command')} lines />
      <FieldPair>
        <SettingField field="user" label={advanced('user')} hint={hint('user')} />
        <SettingField field="workingDir" label={advanced('workingDir')} hint={hint('workingDir')} />
      </FieldPair>
      <InputOpen />
    </Section>
  );
}

function InputOpen() {
  const t = useTranslations('configuration');
  const { form, change, refusalOf } = useSettingsDesk();
  return (
    <div className="flex flex-col gap-1">
      <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
        <Checkbox
          name="stdinOpen"
          checked={form.stdinOpen}
          disabled={refusalOf('stdinOpen') !== null}
          onChange={({ target }) => change({ stdinOpen: target.checked })}
        />
        {t('field.stdinOpen')}
      </label>
      <p className="text-xs text-fg-3">{t('hint.stdinOpen')}</p>
      <Changed field="stdinOpen" />
    </div>
  );
}

export function RestartSection() {
  const t = useTranslations('configuration');
  const deploy = useTranslations('deploy');
  const policies = useTranslations('deploy.restartPolicy');
  const { applied, form, change, refusalOf, errorOf } = useSettingsDesk();
  return (
    <Section title={t('section.restart')}>
      <Locked field="restart" />
      <FieldPair>
        <Field label={t('field.restart')} hint={deploy('advanced.hint.restart')} error={errorOf('restart')}>
          {(control) => (
            <>
              <Select
                {...control}
                name="restart"
                value={form.restart}
                disabled={refusalOf('restart') !== null}
                onChange={({ target }) => {
                  const restart = RestartPolicy.options.find((each) => each === target.value);
                  if (restart !== undefined) change({ restart });
                }}
              >
                {RestartPolicy.options.map((each) => (
                  <option key={each} value={each}>
                    {policies(each)}
                  </option>
                ))}
              </Select>
              <Changed field="restart" now={policies(applied.restart.name)} />
            </>
          )}
        </Field>
        {form.restart === 'on-failure' && (
          <SettingField
            field="retries"
            label={deploy('advanced.field.retries')}
            hint={deploy('advanced.hint.retries')}
            inputMode="numeric"
          />
        )}
      </FieldPair>
    </Section>
  );
}

export function HealthSection() {
  const t = useTranslations('configuration');
  const advanced = useTranslations('deploy.advanced.field');
  const hint = useTranslations('deploy.advanced.hint');
  const { form, change, refusalOf } = useSettingsDesk();
  const isLocked = refusalOf('isHealthChecked') !== null;
  return (
    <Section title={t('section.health')}>
      <Locked field="isHealthChecked" />
      <div className="flex flex-col gap-1">
        <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
          <Checkbox
            name="isHealthChecked"
            checked={form.isHealthChecked}
            disabled={isLocked}
            onChange={({ target }) => change({ isHealthChecked: target.checked })}
          />
          {t('field.isHealthChecked')}
        </label>
        <p className="text-xs text-fg-3">{t('hint.isHealthChecked')}</p>
        <Changed field="isHealthChecked" />
      </div>
      {form.isHealthChecked && (
        <>
          <SettingField field="healthCommand" label={advanced('healthCommand')} hint={hint('healthCommand')} lines />
          <FieldPair>
            <SettingField field="intervalS" label={advanced('intervalS')} inputMode="decimal" />
            <SettingField field="timeoutS" label={advanced('timeoutS')} inputMode="decimal" />
            <SettingField field="healthRetries" label={advanced('healthRetries')} inputMode="numeric" />
            <SettingField field="startPeriodS" label={advanced('startPeriodS')} inputMode="decimal" />
          </FieldPair>
        </>
      )}
    </Section>
  );
}

export function LabelsSection() {
  const t = useTranslations('configuration');
  const deploy = useTranslations('deploy.advanced');
  return (
    <Section title={t('section.labels')}>
      <Locked field="labels" />
      <SettingField field="labels" label={deploy('field.tags')} hint={deploy('hint.tags')} lines />
    </Section>
  );
}
