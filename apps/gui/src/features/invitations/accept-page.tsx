'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Link2Off } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { InvitationView } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { useHash } from '../../lib/hash.ts';
import { Button } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import { AcceptForm } from './accept-form.tsx';

/** An invitation that was mailed or handed over. */
export function AcceptPage() {
  const t = useTranslations('login.invite');
  const token = useHash();
  const [done, setDone] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api<InvitationView>('POST', '/invitations/look', { body: { token }, signal }),
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
            <Link href={`/login?tenant=${data?.tenant.slug ?? ''}`}>{t('signIn')}</Link>
          </Button>
        }
      >
        <p>{t('doneText')}</p>
      </Face>
    );
  if (token === '' || (error instanceof ApiError && GONE.has(error.envelope.code)))
    return (
      <Face
        level="page"
        icon={Link2Off}
        title={t('gone')}
        actions={
          <Button asChild look="ghost">
            <Link href="/login">{t('signIn')}</Link>
          </Button>
        }
      >
        <p>{t('goneText')}</p>
      </Face>
    );
  if (error instanceof ApiError) return <Failure error={error.envelope} />;
  if (!data || token === null)
    return (
      <div role="status" aria-label={t('looking')} className="flex flex-col gap-3">
        <Skeleton className="h-6 w-1/2" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  return <AcceptForm token={token} view={data} onDone={() => setDone(true)} />;
}

const GONE: ReadonlySet<string> = new Set(['invitation_invalid', 'invalid_request']);
