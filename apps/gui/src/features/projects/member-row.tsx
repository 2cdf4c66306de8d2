'use client';

import { Ellipsis, UserMinus, UserPen, UserRound, UsersRound } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Grant } from '@bailiwick/contract';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useCapabilityList } from '../access/capability-words.ts';
import { useMay, useMayAnywhere } from '../identity/me.tsx';
import { useRemoveMember } from './use-members.ts';

interface Props {
  grant: Grant;
  defaultRole: string;
  /** Why nothing can be changed here. */
  reason: string | null;
  onRole: () => void;
}

export function MemberRow({ grant, defaultRole, reason, onRole }: Props) {
  const t = useTranslations('projects.members');
  const remove = useRemoveMember();
  const name = grant.principalName ?? t('gone');
  const isTeam = grant.principal.kind === 'team';
  const Icon = isTeam ? UsersRound : UserRound;
  return (
    <CardRow data-id={grant.id}>
      <CardCell place="lead">
        <span className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden className="size-4 shrink-0 text-fg-3" />
          <PrincipalName grant={grant} name={name} />
          {isTeam && <span className="text-xs text-fg-3">{t('team')}</span>}
        </span>
      </CardCell>
      <CardCell className="py-1.5">
        {grant.role === null ? (
          <span className="text-fg-2">{t('defaultRole', { role: defaultRole })}</span>
        ) : (
          <span translate="no" className="font-mono text-xs">
            {grant.role}
          </span>
        )}
        <Exceptions grant={grant} />
      </CardCell>
      <CardCell className="text-fg-3">
        {t.rich('since', { who: grant.grantedBy.name, when: () => <TimeAgo at={grant.grantedAt} /> })}
        {grant.expiresAt !== null && (
          <span className="block text-xs">
            {t.rich(grant.expired ? 'ended' : 'ends', { when: () => <TimeAgo at={grant.expiresAt ?? ''} /> })}
          </span>
        )}
      </CardCell>
      <CardCell place="actions">
        <span className="flex justify-end">
          <Menu>
            <MenuTrigger asChild>
              <IconButton side="left" label={t('actionsFor', { name })}>
                <Ellipsis aria-hidden />
              </IconButton>
            </MenuTrigger>
            <MenuContent>
              <MenuItem reason={reason} onSelect={onRole}>
                <UserPen aria-hidden />
                {t('changeRole')}
              </MenuItem>
              <MenuItem look="danger" reason={reason} onSelect={() => remove.mutate(grant)}>
                <UserMinus aria-hidden />
                {t('remove')}
              </MenuItem>
            </MenuContent>
          </Menu>
        </span>
      </CardCell>
    </CardRow>
  );
}

function PrincipalName({ grant: { principal, principalName }, name }: { grant: Grant; name: string }) {
  const maySee = { user: useMay('people.see'), team: useMayAnywhere('teams.see') };
  const look = 'min-w-0 font-medium break-words';
  if (principalName === null || !maySee[principal.kind])
    return (
      <span translate="no" className={look}>
        {name}
      </span>
    );
  const href = principal.kind === 'team' ? `/teams/${principal.id}` : `/people/${principal.id}`;
  return (
    <Link href={href} prefetch={false} translate="no" className={`${look} hover:underline touch:leading-8`}>
      {name}
    </Link>
  );
}

function Exceptions({ grant: { allow, deny } }: { grant: Grant }) {
  const t = useTranslations('projects.members');
  const toNames = useCapabilityList();
  if (allow.length + deny.length === 0) return null;
  return (
    <p className="text-xs text-fg-2">
      {allow.length > 0 && t('allow', { names: toNames(allow) })}
      {allow.length > 0 && deny.length > 0 && ' '}
      {deny.length > 0 && t('deny', { names: toNames(deny) })}
    </p>
  );
}
