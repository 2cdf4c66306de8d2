'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Link2Off } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ResetView } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { useHash } from '../../lib/hash.ts';
import { Button } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import { NewPassword } from './new-password.tsx';

/** A link that was mailed or handed over: whose password it is about, and a new one. */
export function RecoverAccount() {
  const t = useTranslations('login.recover');
  const token = useHash();
  const [done, setDone] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['password-reset', token],
    queryFn: ({ signal }) => api<ResetView>('POST', '/password-resets/look', { body: { token }, signal }),
    enabled: token !== null && token !== '' && !done,
    retry: false,
    staleTime: Infinity,
  });
  if (done)
    return (
      <Face
        level="page"
        icon={CircleCheck}
        title={t('done')}
        actions={
          <Button asChild look="primary">
            <Link href="/login">{t('signIn')}</Link>
          </Button>
        }
      >
        <p>{t('doneText')}</p>
      </Face>
    );
  if (token === '' || (error instanceof ApiError && GONE.has(error.envelope.code))) return <GoneLink />;
  if (error instanceof ApiError) return <Failure error={error.envelope} />;
  if (!data || token === null) return <Waiting label={t('looking')} />;
  return <NewPassword token={token} view={data} onDone={() => setDone(true)} />;
}

/** Used, over or incomplete: it cannot be told which, and the next step is the same. */
function GoneLink() {
  const t = useTranslations('login.recover');
  return (
    <Face
      level="page"
      icon={Link2Off}
      title={t('gone')}
      actions={
        <>
          <Button asChild look="primary">
            <Link href="/login/forgot">{t('askAgain')}</Link>
          </Button>
          <Button asChild look="ghost">
            <Link href="/login">{t('signIn')}</Link>
          </Button>
        </>
      }
    >
      <p>{t('goneText')}</p>
    </Face>
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      <Skeleton className="h-6 w-1/2" />
      <Skeleton className="h-9" />
      <Skeleton className="h-9" />
    </div>
  );
}

const GONE: ReadonlySet<string> = new Set(['reset_invalid', 'invalid_request']);
