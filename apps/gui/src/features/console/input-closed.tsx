'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, ContainerConfiguration, Operation } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { WhyButton } from '../access/why-button.tsx';
import { ApplyDialog } from '../configurations/apply-dialog.tsx';
import { OperationCard } from '../operations/operation-card.tsx';
import { startForm, toChange } from '../configurations/configuration-form.rules.ts';
import { useConfiguration, useConfigurationRefresh } from '../configurations/configuration-queries.ts';

interface Props {
  container: Container;
  onChanged: () => void;
}

/** Nobody can type to it as it was made; whoever may change that can have it made anew. */
export function InputClosed({ container, onChanged }: Props) {
  const t = useTranslations('console.closed');
  const { can } = container.rights;
  const missing = (['containers.settingsSee', 'containers.settingsStartup', 'containers.recreate'] as const).find(
    (each) => !can.includes(each),
  );
  return missing === undefined ? (
    <OpenIt container={container} onChanged={onChanged} />
  ) : (
    <Banner title={t('title')} actions={<WhyButton resource={container.id} capability={missing} />}>
      {t('others')}
    </Banner>
  );
}

function OpenIt({ container, onChanged }: Props) {
  const t = useTranslations('console.closed');
  const { data } = useConfiguration(container.id);
  const refresh = useConfigurationRefresh(container.id);
  const [isOpen, setOpen] = useState(false);
  const applying = useTranslations('configuration.applying');
  const [operation, setOperation] = useState<Operation | null>(null);
  if (operation !== null)
    return (
      <OperationCard
        failedText={applying('asBefore')}
        initial={operation}
        onEnded={() => {
          onChanged();
          void refresh();
        }}
        onClose={() => setOperation(null)}
      />
    );
  const applied = data?.applied ?? null;
  if (data !== undefined && applied === null) return <Banner title={t('title')}>{t('outside')}</Banner>;
  return (
    <>
      <Banner
        title={t('title')}
        actions={
          <Button look="primary" disabled={applied === null} onClick={() => setOpen(true)}>
            {t('open')}
          </Button>
        }
      >
        {t('text')}
      </Banner>
      {isOpen && data !== undefined && applied !== null && (
        <ApplyDialog
          container={container}
          applied={applied}
          target={{ change: withInput(applied, data) }}
          onSave={async (change) => {
            await api('PUT', `/containers/${container.id}/configuration`, { body: { change } });
            await refresh();
          }}
          onStarted={(started) => {
            setOpen(false);
            setOperation(started);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** Beside everything that is saved already. */
const withInput = (applied: NonNullable<ContainerConfiguration['applied']>, { saved }: ContainerConfiguration) =>
  toChange(applied, { ...startForm(applied, saved?.change ?? null), stdinOpen: true });
