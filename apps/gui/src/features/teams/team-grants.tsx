'use client';

import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Grant } from '@bailiwick/contract';
import { Card, CardTitle } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useCapabilityList } from '../access/capability-words.ts';

/** What a team was given, and as what. */
export function TeamGrants({ grants, count }: { grants: readonly Grant[] | null; count: number }) {
  const t = useTranslations('teams.grants');
  return (
    <Card aria-label={t('title')}>
      <CardTitle className="mb-1">{t('title')}</CardTitle>
      {grants === null ? (
        <p className="text-fg-2">{t('hidden', { count })}</p>
      ) : grants.length === 0 ? (
        <p className="text-fg-2">{t('none')}</p>
      ) : (
        <ul className="mt-2 flex flex-col">
          {grants.map((grant) => (
            <li key={grant.id} className="flex items-start gap-2.5 border-t border-line py-2 first:border-t-0">
              <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-fg-3" />
              <GrantLine grant={grant} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** One grant in words: as what, on what, and what differs from the role. */
export function GrantLine({ grant }: { grant: Grant }) {
  const t = useTranslations('teams.grants');
  const toNames = useCapabilityList();
  const { target, role, allow, deny, expiresAt, expired } = grant;
  const href = addressOf(target);
  const name = <span translate="no">{grant.targetName ?? t('goneTarget')}</span>;
  return (
    <div className="min-w-0">
      <p className="break-words">
        {t.rich(`on.${target.kind}`, {
          name: () =>
            href === null || grant.targetName === null ? (
              <strong className="font-medium">{name}</strong>
            ) : (
              <Link href={href} prefetch={false} className="font-medium text-accent-text hover:underline">
                {name}
              </Link>
            ),
          role: () =>
            role === null ? (
              t(target.kind === 'project' ? 'projectRole' : 'ownRole')
            ) : (
              <span translate="no" className="font-mono text-xs">
                {role}
              </span>
            ),
        })}
      </p>
      <p className="text-xs text-fg-2 empty:hidden">
        {allow.length > 0 && t('allow', { names: toNames(allow) })}
        {allow.length > 0 && deny.length > 0 && ' '}
        {deny.length > 0 && t('deny', { names: toNames(deny) })}
      </p>
      {expiresAt !== null && (
        <p className="text-xs text-fg-2">
          {t.rich(expired ? 'ended' : 'ends', { when: () => <TimeAgo at={expiresAt} /> })}
        </p>
      )}
    </div>
  );
}

function addressOf({ kind, id }: Grant['target']): string | null {
  switch (kind) {
    case 'container':
      return `/containers/${id}`;
    case 'project':
      return `/projects/${id}`;
    case 'environment':
      return '/environments';
    case 'stack':
    case 'tenant':
      return null;
  }
}
