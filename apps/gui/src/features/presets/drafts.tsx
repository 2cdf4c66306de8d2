'use client';

import { useMutation } from '@tanstack/react-query';
import { PencilLine, Trash2, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import type { DraftSummary } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { CardTitle, Card } from '../../ui/card.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

/** What somebody has begun and not deployed, on whatever device, and what others share with them. */
export function Drafts({ drafts }: { drafts: readonly DraftSummary[] }) {
  const t = useTranslations('catalogue.drafts');
  if (drafts.length === 0) return null;
  return (
    <Card aria-label={t('title')} className="mb-4">
      <CardTitle className="mb-2">{t('title')}</CardTitle>
      <ul className="flex flex-col divide-y divide-line">
        {drafts.map((draft) => (
          <DraftLine key={draft.id} draft={draft} />
        ))}
      </ul>
    </Card>
  );
}

function DraftLine({ draft: { id, title, name, savedAt, owner, sharedWith } }: { draft: DraftSummary }) {
  const t = useTranslations('catalogue.drafts');
  const locale = useLocale();
  const router = useRouter();
  const showError = useErrorToast();
  const label = name || title;
  const isOwn = owner.id === useMe().user.id;
  const remove = useMutation({
    mutationFn: () => api('DELETE', `/me/drafts/${id}`),
    onSuccess: () => announce(t(isOwn ? 'removed' : 'left', { name: label })),
    onError: (error) => {
      // Somebody was quicker: it is what was wanted.
      if (!(error instanceof ApiError && error.status === 404)) showError(error);
    },
    onSettled: () => router.refresh(),
  });
  return (
    <li className="flex items-center gap-3 py-2">
      <PencilLine aria-hidden className="size-4 shrink-0 text-fg-3" />
      <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-2">
        <Link
          href={`/deploy?draft=${id}`}
          prefetch={false}
          className="font-medium break-all text-accent-text hover:underline"
        >
          <span translate="no">{label}</span>
        </Link>
        <span className="min-w-0 text-fg-2 break-words">{title}</span>
        {!isOwn && <span className="text-fg-2">{t('of', { name: owner.displayName })}</span>}
        {sharedWith.length > 0 && (
          <span className="text-fg-2">
            {t('sharedWith', {
              names: new Intl.ListFormat(locale).format(sharedWith.map(({ displayName }) => displayName)),
            })}
          </span>
        )}
        <span className="text-xs text-fg-3">{t.rich('saved', { when: () => <TimeAgo at={savedAt} /> })}</span>
      </div>
      <IconButton
        label={t(isOwn ? 'remove' : 'leave', { name: label })}
        disabled={remove.isPending}
        onClick={() => remove.mutate()}
      >
        {isOwn ? <Trash2 aria-hidden /> : <X aria-hidden />}
      </IconButton>
    </li>
  );
}
