'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Adoption, Container, GrantablePrincipal } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { PrincipalField } from '../access/principal-field.tsx';
import { Fact, Facts } from '../container-page/facts.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useValueWords } from './configuration-words.ts';

interface Props {
  container: Container;
  onAdopted: () => Promise<void>;
  onClose: () => void;
}

/** What was made outside, as it would be taken over; says what of it no field here says. */
export function AdoptContainer({ container: { id, name }, onAdopted, onClose }: Props) {
  const t = useTranslations('configuration.adopt');
  const look = useQuery({
    queryKey: ['containers', id, 'adoption'],
    queryFn: ({ signal }) => api<Adoption>('GET', `/containers/${id}/adoption`, { signal }),
    gcTime: 0,
  });
  const [forOther, setForOther] = useState(false);
  const [owner, setOwner] = useState<GrantablePrincipal | null>(null);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const adopt = async () => {
    setMissing(forOther && owner === null);
    if (forOther && owner === null) return;
    setBusy(true);
    setError(null);
    try {
      await api('POST', `/containers/${id}/adopt`, { body: forOther && owner ? { owner: owner.id } : {} });
      toast(forOther && owner ? t('doneFor', { name, person: owner.name }) : t('done', { name }));
      await onAdopted();
      onClose();
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
      setBusy(false);
    }
  };
  const isSafe = look.data?.unsafe.length === 0;
  return (
    <ConfirmDialog
      title={t('title', { name })}
      keep={t('keep')}
      submit={t('submit')}
      act={{ look: 'primary', loading: busy, disabled: !isSafe, onClick: () => void adopt() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4 pb-2">
        <ErrorNotice error={error ?? (look.error instanceof ApiError ? look.error : null)} />
        {look.data === undefined && look.error === null && (
          <Loading label={t('loading')}>
            <Skeleton className="w-3/4" />
          </Loading>
        )}
        {look.data !== undefined && <Look adoption={look.data} person={forOther ? (owner?.name ?? null) : null} />}
        {isSafe && (
          <div className="flex flex-col gap-3">
            <label className="flex items-start gap-2.5 py-1">
              <Checkbox checked={forOther} onChange={({ target }) => setForOther(target.checked)} className="mt-0.5" />
              <span className="font-medium">{t('forOther')}</span>
            </label>
            {forOther && (
              <PrincipalField
                from={`/containers/${id}/adoption/owners`}
                label={t('owner')}
                holding={NOBODY}
                chosen={owner}
                missing={missing}
                onChoose={setOwner}
              />
            )}
          </div>
        )}
      </div>
    </ConfirmDialog>
  );
}

const NOBODY: ReadonlySet<string> = new Set();

interface LookProps {
  adoption: Adoption;
  /** Whose it is to be, where it is somebody else. */
  person: string | null;
}

function Look({ adoption: { configuration, notTakenOver, unsafe }, person }: LookProps) {
  const t = useTranslations('configuration.adopt');
  const locale = useLocale();
  const toWords = useValueWords();
  const { image, memoryBytes, cpus, ports } = configuration;
  return (
    <>
      {unsafe.length > 0 ? (
        <Banner tone="danger" title={t('unsafe')}>
          {unsafe.map((reason) => (
            <p key={reason}>{t(`reason.${reason}`)}</p>
          ))}
        </Banner>
      ) : (
        <p>{person === null ? t('happens') : t('happensFor', { person })}</p>
      )}
      <section aria-label={t('made')}>
        <Facts>
          <Fact name={t('image')}>
            <span translate="no" className="break-all">
              {image}
            </span>
          </Fact>
          <Fact name={t('limits')}>{t('size', { memory: formatBytes(memoryBytes, locale), cpus })}</Fact>
          <Fact name={t('ports')}>{toWords('ports', ports)}</Fact>
        </Facts>
      </section>
      <Missing title={t('needed')} what={notTakenOver.filter(({ needed }) => needed)} />
      <Missing title={t('lost')} what={notTakenOver.filter(({ needed }) => !needed)} />
    </>
  );
}

function Missing({ title, what }: { title: string; what: Adoption['notTakenOver'] }) {
  if (what.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="text-sm font-medium">{title}</h3>
      <ul translate="no" className="font-mono text-xs text-fg-2">
        {what.map((each) => (
          <li key={each.what} className="break-all">
            {each.what}
          </li>
        ))}
      </ul>
    </section>
  );
}
