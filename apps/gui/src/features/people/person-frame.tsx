'use client';

import { hashKey } from '@tanstack/react-query';
import { ArrowLeft, Building2 } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import type { User } from '@bailiwick/contract';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Badge } from '../../ui/badge.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useMay } from '../identity/me.tsx';
import { ViewAsButton } from '../view-as/view-as-button.tsx';
import { lastPeopleAddress } from './people-hooks.ts';
import { PersonStatus, RoleBadge } from './person-badges.tsx';

/** What stays while one goes from tab to tab: who it is and how it stands with them, as it is now. */
export function PersonFrame({ user: initial, children }: { user: User; children: ReactNode }) {
  const t = useTranslations('people.page');
  const list = useLiveList('people', [initial]);
  const user = useLiveItem(list, initial.id, initial) ?? initial;
  useFreshPage(user, list.since !== null && list.get(initial.id) === undefined);
  return (
    <div className="max-w-4xl">
      <Header user={user} />
      <LinkTabs label={t('tabs', { name: user.displayName })} tabs={useTabs(user)} className="mb-4" />
      {children}
    </div>
  );
}

/** What the server rendered below is asked for anew when somebody has changed, or is gone. */
function useFreshPage(user: User, gone: boolean): void {
  const router = useRouter();
  // In the order of names: what was rendered and what the socket tells list the same things differently.
  const state = hashKey([user, gone]);
  const rendered = useRef(state);
  useEffect(() => {
    if (rendered.current === state) return;
    rendered.current = state;
    router.refresh();
  }, [state, router]);
}

function useTabs({ id, rights }: User) {
  const t = useTranslations('people.page');
  const maySeeAudit = useMay('audit.see');
  const pathname = usePathname();
  const router = useRouter();
  const tabs = [
    { label: t('profile'), href: `/people/${id}` },
    { label: t('access'), href: `/people/${id}/access` },
    ...(rights.can.includes('people.sessions')
      ? [
          { label: t('sessions'), href: `/people/${id}/sessions` },
          { label: t('tokens'), href: `/people/${id}/tokens` },
        ]
      : []),
    ...(maySeeAudit ? [{ label: t('activity'), href: `/people/${id}/activity` }] : []),
  ];
  useShortcuts([
    ...tabs.map(({ label, href }, index) => ({
      keys: String(index + 1),
      label: t('keyTab', { name: label }),
      group: 'detail' as const,
      run: () => router.push(href),
    })),
    { keys: 'u', label: t('keyUp'), group: 'detail', run: () => router.push(lastPeopleAddress()) },
  ]);
  return tabs.map((tab) => ({ ...tab, current: pathname === tab.href }));
}

function Header({ user }: { user: User }) {
  const t = useTranslations('people');
  return (
    <header className="mb-3 flex flex-col gap-2">
      <Link
        href={lastPeopleAddress()}
        // Which list somebody comes from is known in the browser only.
        suppressHydrationWarning
        className="inline-flex min-h-6 items-center gap-1 self-start text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('title')}
      </Link>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h1 tabIndex={-1} translate="no" className="min-w-0 text-xl font-semibold break-words">
          {user.displayName}
        </h1>
        <PersonStatus user={user} look="pill" />
        <span className="ms-auto">
          <ViewAsButton user={user} />
        </span>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-fg-2">
        <span translate="no" className="font-mono text-xs break-all">
          {user.username}
        </span>
        <RoleBadge role={user.platformRole} />
        {user.roleTag !== null && <Badge translate="no">{user.roleTag}</Badge>}
        <Badge>
          <Building2 aria-hidden className="size-3" />
          <span translate="no">{user.tenant.name}</span>
        </Badge>
        <span className="text-fg-3">
          {user.lastSignInAt === null
            ? t('neverSignedIn')
            : t.rich('page.lastSignIn', { when: () => <TimeAgo at={user.lastSignInAt ?? ''} /> })}
        </span>
      </div>
    </header>
  );
}
