'use client';

import { Check, Copy, KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { GeneratedSecrets as Secrets, Operation } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';
import { useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { secretsMayWait } from './operation.rules.ts';

/** Shown once, to whoever deployed: nothing is fetched before they ask, so that a glance does not use it up. */
export function GeneratedSecrets({ operation }: { operation: Operation }) {
  const t = useTranslations('operations.secrets');
  const me = useMe();
  const now = useNow(60_000);
  const showError = useErrorToast();
  const [secrets, setSecrets] = useState<Secrets['secrets'] | 'gone' | null>(null);
  const [asking, setAsking] = useState(false);
  if (secrets === null && !secretsMayWait(operation, { userId: me.user.id, now })) return null;
  const show = async () => {
    setAsking(true);
    try {
      const answer = await api<Secrets>('GET', `/operations/${operation.id}/secrets`);
      setSecrets(answer.secrets.length === 0 ? 'gone' : answer.secrets);
    } catch (error) {
      if (error instanceof ApiError && error.envelope.code === 'not_found') setSecrets('gone');
      else showError(error);
    } finally {
      setAsking(false);
    }
  };
  if (secrets === 'gone') return <p className="text-fg-2">{t('shown')}</p>;
  if (secrets === null) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Button loading={asking} onClick={() => void show()}>
          <KeyRound aria-hidden />
          {t('show')}
        </Button>
        <span className="text-xs text-fg-2">{t('once')}</span>
      </div>
    );
  }
  return (
    <section aria-label={t('title')} className="rounded-md border border-line bg-surface-2 p-3">
      <h2 className="font-semibold">{t('title')}</h2>
      <p className="mb-2 text-fg-2">{t('text')}</p>
      <dl className="flex flex-col gap-2">
        {secrets.map(({ name, label, value }) => (
          <Secret key={name} label={label} value={value} />
        ))}
      </dl>
    </section>
  );
}

function Secret({ label, value }: { label: string; value: string }) {
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <dt className="min-w-24 text-fg-2">{label}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code translate="no" className="min-w-0 rounded-sm bg-inset px-2 py-1 font-mono text-xs break-all">
          {value}
        </code>
        <IconButton label={`${copied ? common('copied') : common('copy')} ${label}`} onClick={() => copy(value)}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        </IconButton>
      </dd>
    </div>
  );
}
