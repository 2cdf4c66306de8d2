'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import {
  type ChangeConfiguration,
  type Configuration,
  CONFIGURATION_NEEDS,
  type Container,
  type ContainerConfiguration,
  type Operation,
} from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { Banner } from '../../ui/banner.tsx';
import { cn } from '../../ui/class-names.ts';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { AddressSection } from './address-section.tsx';
import { BeginSection } from './begin-section.tsx';
import { BindsBanner } from './binds-banner.tsx';
import { ApplyDialog, type Target } from './apply-dialog.tsx';
import { useChangeReview } from './configuration-queries.ts';
import { mayChangeSomething, refusalOf } from './configuration-rights.rules.ts';
import { type ConfigurationForm, FIELD_OF } from './configuration-form.rules.ts';
import { ExportSection } from './export-section.tsx';
import { PortsSection } from './ports-section.tsx';
import { PresetBanner } from './preset-banner.tsx';
import { ResourcesSection } from './resources-section.tsx';
import { SaveBar } from './save-bar.tsx';
import { SettingsDeskProvider } from './settings-desk.ts';
import { HealthSection, LabelsSection, RestartSection, StartupSection } from './startup-sections.tsx';
import { useSettingsEdit } from './use-settings-edit.ts';
import { VariablesSection } from './variables-section.tsx';
import { VersionsSection } from './versions-section.tsx';
import { WaitingBanner } from './waiting-banner.tsx';

interface Props {
  container: Container;
  configuration: ContainerConfiguration;
  applied: Configuration;
  /** What a link proposes: reviewed at once. */
  proposed: Partial<ConfigurationForm>;
  onRefresh: () => Promise<void>;
  onStarted: (operation: Operation) => void;
}

/** Every field with what is applied and what it is to be; saved for later, or reviewed and applied. */
export function SettingsForm({ container, configuration, applied, proposed, onRefresh, onStarted }: Props) {
  const t = useTranslations('configuration');
  const { id, rights } = container;
  const { saved, fields, presetUpdate, versions } = configuration;
  const hydrated = useHydrated();
  const formRef = useRef<HTMLDivElement>(null);
  const edit = useSettingsEdit(applied, saved?.change ?? null, proposed);
  const [target, setTarget] = useState<Target | null>(() =>
    edit.count > 0 && edit.wanted !== null ? { change: edit.wanted } : null,
  );
  const review = useChangeReview(id, edit.count > 0 && edit.wanted !== null ? edit.wanted : null);
  const now = edit.count > 0 ? review.data?.fields : fields;
  const hows = useMemo(() => new Map(now?.map(({ field, how }) => [field, how])), [now]);
  const mayChange = mayChangeSomething(rights);

  const save = async (change: ChangeConfiguration) => {
    await api('PUT', `/containers/${id}/configuration`, { body: { change } });
    await onRefresh();
    edit.discard();
  };
  /** Runs with a change that can be sent; else shows what is wrong with it. */
  const withChange = (run: (change: ChangeConfiguration) => void) => {
    if (edit.wanted !== null) return run(edit.wanted);
    edit.judgeAll();
    announce(t('fixFirst'), 'assertive');
    requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const mayDiscard = fields.every(({ field }) => rights.can.includes(CONFIGURATION_NEEDS[field])) && mayChange;
  return (
    <SettingsDeskProvider
      value={{
        container,
        applied,
        ...edit,
        howOf: (field) => hows.get(FIELD_OF[field]),
        refusalOf: (field) => refusalOf(rights, CONFIGURATION_NEEDS[FIELD_OF[field]]),
      }}
    >
      {!mayChange && <Banner title={t('readOnly')} />}
      {applied.binds !== undefined && <BindsBanner binds={applied.binds} />}
      {saved !== null && (
        <WaitingBanner
          saved={saved}
          count={fields.length}
          onDiscard={mayDiscard ? () => save({}) : null}
          onApply={edit.count === 0 && mayChange ? () => setTarget('saved') : null}
        />
      )}
      {presetUpdate !== null && (
        <PresetBanner
          update={presetUpdate}
          onReview={mayChange ? () => setTarget({ preset: presetUpdate.to.digest }) : null}
        />
      )}
      {/* Not dimmed while it waits: it takes answers before anybody could tell that it did not. */}
      <fieldset disabled={!hydrated} className={cn('contents', !hydrated && '[&_:disabled]:opacity-100')}>
        <div ref={formRef} className="grid items-start gap-4 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            <StartupSection />
            <VariablesSection />
            <LabelsSection />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <ResourcesSection />
            <PortsSection />
            <AddressSection />
            <BeginSection />
            <RestartSection />
            <HealthSection />
          </div>
        </div>
      </fieldset>
      <ExportSection container={container} envNames={applied.envNames} />
      <VersionsSection versions={versions} mayGoBack={mayChange} onGoBack={(number) => setTarget({ number })} />
      {edit.count > 0 && (
        <SaveBar
          count={edit.count}
          onDiscard={edit.discard}
          onSave={(run) => withChange((change) => run(() => save(change)))}
          onReview={() => withChange((change) => setTarget({ change }))}
        />
      )}
      {target !== null && (
        <ApplyDialog
          container={container}
          applied={applied}
          target={target}
          onSave={save}
          onStarted={(operation) => {
            setTarget(null);
            onStarted(operation);
            window.scrollTo({ top: 0 });
          }}
          onClose={() => setTarget(null)}
        />
      )}
      <LeaveGuard dirty={edit.count > 0} text={t('lost', { count: edit.count })} onDiscard={edit.discard} />
    </SettingsDeskProvider>
  );
}
