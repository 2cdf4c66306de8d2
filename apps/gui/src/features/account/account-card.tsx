'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card, CardTitle } from '../../ui/card.tsx';
import { IdChip } from '../../ui/id-chip.tsx';
import { useMe } from '../identity/me.tsx';

/** What one cannot change oneself. */
export function AccountCard() {
  const t = useTranslations('account.profile');
  const roles = useTranslations('shell.account.role');
  const { user, tenant } = useMe();
  return (
    <Card aria-label={t('facts')}>
      <CardTitle className="mb-3">{t('facts')}</CardTitle>
      <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2">
        <Fact name={t('username')}>
          <span translate="no">{user.username}</span>
          <span className="block text-xs text-fg-3">{t('usernameHint')}</span>
        </Fact>
        <Fact name={t('tenant')}>
          <span translate="no">{tenant.name}</span>
        </Fact>
        <Fact name={t('role')}>{roles(user.platformRole)}</Fact>
        <Fact name={t('id')}>
          <IdChip id={user.id} />
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
