'use client';

import { RotateCw, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import type { ErrorEnvelope } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, NoAccess } from '../../ui/face.tsx';
import { AskButton } from '../access-requests/ask-button.tsx';
import { askableIn } from '../access-requests/refused.rules.ts';
import { useCapabilityList } from '../access/capability-words.ts';
import { useWhomToAsk } from '../access/people-words.ts';
import { CopyDetails } from './copy-details.tsx';
import { CoreOffline } from './core-offline.tsx';
import { useErrorWords } from './error-words.ts';
import { textsIn } from './error-words.rules.ts';

export interface FailureProps {
  error: ErrorEnvelope;
  level?: 'page' | 'part';
  /** Tries again; without it the page is rendered anew. */
  onRetry?: () => void;
}

/** The face of anything that could not be shown: offline, not there, not allowed, broken. */
export function Failure({ error, level = 'page', onRetry }: FailureProps) {
  if (error.code === 'core_unavailable') return <CoreOffline level={level} />;
  if (error.code === 'not_found') return <NotFound level={level} />;
  if (error.code === 'forbidden') return <Forbidden error={error} level={level} />;
  return <Broken error={error} level={level} {...(onRetry ? { onRetry } : {})} />;
}

export function NotFound({ level = 'page' }: { level?: 'page' | 'part' }) {
  const t = useTranslations('shell.notFound');
  return (
    <EmptyState
      icon={SearchX}
      level={level}
      title={t('title')}
      actions={
        <Button asChild>
          <Link href="/containers">{t('toContainers')}</Link>
        </Button>
      }
    >
      <p>{t('description')}</p>
    </EmptyState>
  );
}

function Forbidden({ error, level }: { error: ErrorEnvelope; level: 'page' | 'part' }) {
  const t = useTranslations('shell.forbidden');
  const toNames = useCapabilityList();
  const toPeople = useWhomToAsk();
  const missing = textsIn(error.params?.['missing']);
  const grantedBy = textsIn(error.params?.['grantedBy']);
  const askable = askableIn(error);
  return (
    <NoAccess
      level={level}
      title={t('title')}
      actions={
        <>
          {askable !== null && <AskButton missing={askable} />}
          <Button asChild>
            <Link href="/containers">{t('toContainers')}</Link>
          </Button>
          <CopyDetails error={error} />
        </>
      }
    >
      {missing.length > 0 && (
        <p title={missing.join(', ')}>{t('missing', { count: missing.length, capabilities: toNames(missing) })}</p>
      )}
      {grantedBy.length > 0 && <p>{t('grantedBy', { people: toPeople(grantedBy) })}</p>}
    </NoAccess>
  );
}

function Broken({
  error,
  level,
  onRetry,
}: Required<Pick<FailureProps, 'error' | 'level'>> & Pick<FailureProps, 'onRetry'>) {
  const t = useTranslations('common');
  const words = useErrorWords()(error);
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  return (
    <ErrorState
      level={level}
      title={words.text}
      actions={
        <>
          <Button loading={busy} onClick={onRetry ?? (() => startTransition(() => router.refresh()))}>
            <RotateCw aria-hidden />
            {t('retry')}
          </Button>
          <CopyDetails error={error} />
        </>
      }
    >
      {words.hint !== '' && <p>{words.hint}</p>}
      {error.raw !== undefined && (
        <details className="text-start">
          <summary className="text-xs text-fg-3">{t('engineSaid')}</summary>
          <pre translate="no" className="mt-1 overflow-x-auto rounded-md bg-inset p-2 font-mono text-xs">
            {error.raw}
          </pre>
        </details>
      )}
    </ErrorState>
  );
}
