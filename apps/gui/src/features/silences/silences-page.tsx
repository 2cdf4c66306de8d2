'use client';

import { useQuery } from '@tanstack/react-query';
import { BellOff, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SilenceList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AlertTabs } from '../alerts/alert-tabs.tsx';
import { useMayAnywhere } from '../identity/me.tsx';
import { NewSilence } from './new-silence.tsx';
import { SilenceCard } from './silence-card.tsx';

/** They begin and end by themselves. */
const LOOK_AGAIN_MS = 5000;

/** When and where nobody is told of alerts. */
export function SilencesPage({ initial }: { initial: SilenceList }) {
  const t = useTranslations('silences');
  const mayAdd = useMayAnywhere('containers.restart');
  const [adding, setAdding] = useState(false);
  const { data, refetch } = useQuery({
    queryKey: ['silences'],
    queryFn: ({ signal }) => api<SilenceList>('GET', '/silences', { signal }),
    initialData: initial,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const { items } = data;
  const readAgain = () => void refetch();
  const add = mayAdd && (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <div className="max-w-4xl">
      <PageHeader title={t('title')} description={t('text')} actions={items.length > 0 && add} />
      <AlertTabs current="silences" />
      {items.length === 0 ? (
        <EmptyState icon={BellOff} title={t('empty.title')} actions={add}>
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t('list')} className="flex flex-col gap-3">
          {items.map((silence) => (
            <li key={silence.id}>
              <SilenceCard silence={silence} onEnded={readAgain} />
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <NewSilence
          onClose={() => setAdding(false)}
          onSaved={() => {
            setAdding(false);
            readAgain();
          }}
        />
      )}
    </div>
  );
}
