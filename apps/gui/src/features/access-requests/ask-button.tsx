'use client';

import { Hand } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useMe } from '../identity/me.tsx';
import { useAskForAccess } from './ask-for-access.tsx';
import { findPending, requestAddress } from './request.rules.ts';
import type { Missing } from './request-access.tsx';
import { useRequests } from './requests-followed.tsx';

/** Opens the request for what is missing; where it was asked for already, tells so. */
export function AskButton({ missing, onAsk }: { missing: Missing; onAsk?: () => void }) {
  const t = useTranslations('accessRequests.ask');
  const ask = useAskForAccess();
  const { user } = useMe();
  const requests = useRequests();
  const [capability] = missing.capabilities;
  const waiting = capability && findPending(requests, { me: user.id, target: missing.target.id, capability });
  if (waiting)
    return (
      <p className="text-fg-2">
        {t.rich('waiting', {
          at: () => <TimeAgo at={waiting.createdAt} />,
          link: (words) => (
            <Link href={requestAddress(waiting.id)} {...(onAsk ? { onClick: onAsk } : {})} className="underline">
              {words}
            </Link>
          ),
        })}
      </p>
    );
  return (
    <Button
      look="primary"
      onClick={() => {
        onAsk?.();
        ask(missing);
      }}
    >
      <Hand aria-hidden />
      {t('open')}
    </Button>
  );
}
