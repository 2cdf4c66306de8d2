'use client';

import { Check, Undo2, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AccessRequest } from '@bailiwick/contract';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useMe } from '../identity/me.tsx';
import { isToAnswer, requestAddress } from './request.rules.ts';
import { RequestFacts } from './request-facts.tsx';
import { STATE_ICONS, useRequestWords } from './request-words.ts';

export type RequestDialog = 'approve' | 'deny' | 'withdraw';

interface Props {
  request: AccessRequest;
  onAsk: (dialog: RequestDialog, request: AccessRequest) => void;
  level?: 'page' | 'part';
}

/** One request with what the reader can do about it. */
export function RequestCard({ request, onAsk, level = 'part' }: Props) {
  const t = useTranslations('accessRequests');
  const words = useRequestWords();
  const { user } = useMe();
  const { id, state, target, rights } = request;
  const isOwn = request.user.id === user.id;
  const thing = words.thing(request);
  const title = isOwn ? t('titleOwn', { thing }) : t('title', { name: request.user.name, thing });
  const Heading = level === 'page' ? 'h1' : 'h2';
  return (
    <article
      data-slot="request"
      data-id={id}
      data-state={state}
      aria-label={title}
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface-1 p-4"
    >
      <header className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <Heading tabIndex={-1} className="min-w-0 grow basis-56 text-md font-semibold break-words">
          {level === 'page' ? (
            title
          ) : (
            <Link href={requestAddress(id)} prefetch={false} className="hover:underline">
              {title}
            </Link>
          )}
        </Heading>
        <StatusBadge icon={STATE_ICONS[state]} look="pill">
          {t(`state.${state}`)}
        </StatusBadge>
      </header>
      <RequestFacts request={request} />
      <footer className="flex flex-wrap gap-2 empty:hidden">
        {isToAnswer(request, user.id) && (
          <>
            <Button look="primary" onClick={() => onAsk('approve', request)}>
              <Check aria-hidden />
              {t('approve.open')}
            </Button>
            <Button onClick={() => onAsk('deny', request)}>
              <X aria-hidden />
              {t('deny.open')}
            </Button>
          </>
        )}
        {isOwn && rights.can.includes('account.manage') && (
          <Button onClick={() => onAsk('withdraw', request)}>
            <Undo2 aria-hidden />
            {t('withdraw.open')}
          </Button>
        )}
        {target.kind === 'container' && (
          <Button asChild look="ghost">
            <Link href={`/containers/${target.id}`} prefetch={false}>
              {t('openThing')}
            </Link>
          </Button>
        )}
      </footer>
    </article>
  );
}
