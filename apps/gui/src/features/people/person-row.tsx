'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { User } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { cn } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import type { PersonActions } from './person-actions.tsx';
import { PersonStatus, RoleBadge, TwoFactorBadge } from './person-badges.tsx';
import { PersonMenu } from './person-menu.tsx';

interface Props {
  user: User;
  index: number;
  actions: PersonActions;
  measure: (row: HTMLTableRowElement | null) => void;
}

/** One person: a row on a wide screen, a card on a small one. */
export function PersonRow({ user, index, actions, measure }: Props) {
  const t = useTranslations('people');
  return (
    <CardRow ref={measure} data-index={index} data-id={user.id} aria-rowindex={index + 2}>
      <CardCell place="lead" className="md:max-w-0">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 md:flex-nowrap">
          <Link
            href={`/people/${user.id}`}
            prefetch={false}
            data-row-link
            translate="no"
            title={user.displayName}
            className="max-w-full shrink-0 truncate font-medium hover:underline max-md:text-md md:max-w-[70%] touch:leading-8"
          >
            {user.displayName}
          </Link>
          <span translate="no" title={user.username} className="truncate font-mono text-xs text-fg-3">
            {user.username}
          </span>
        </span>
      </CardCell>
      <CardCell>
        <RoleBadge role={user.platformRole} />
      </CardCell>
      <CardCell className={cn('md:@max-[52rem]:hidden', user.roleTag === null && 'max-md:hidden')}>
        {user.roleTag === null ? (
          <span aria-hidden className="text-fg-3">
            –
          </span>
        ) : (
          <Badge translate="no">{user.roleTag}</Badge>
        )}
      </CardCell>
      <CardCell translate="no" className="truncate text-fg-2 md:max-w-0">
        {user.tenant.name}
      </CardCell>
      <CardCell className="whitespace-nowrap">
        <PersonStatus user={user} />
      </CardCell>
      <CardCell label={t('column.twoFactor')} className="whitespace-nowrap md:@max-[52rem]:hidden">
        <TwoFactorBadge twoFactor={user.twoFactor} />
      </CardCell>
      <CardCell
        {...(user.lastSignInAt === null ? {} : { label: t('column.lastSignIn') })}
        className="whitespace-nowrap text-fg-3 md:@max-[60rem]:hidden"
      >
        {user.lastSignInAt === null ? t('neverSignedIn') : <TimeAgo at={user.lastSignInAt} />}
      </CardCell>
      <CardCell place="actions">
        <span className="flex justify-end">
          <PersonMenu user={user} actions={actions}>
            <IconButton side="left" label={t('actionsFor', { name: user.displayName })}>
              <Ellipsis aria-hidden />
            </IconButton>
          </PersonMenu>
        </span>
      </CardCell>
    </CardRow>
  );
}
