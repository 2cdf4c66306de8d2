'use client';

import { useTranslations } from 'next-intl';
import type { PlatformRole, User } from '@bailiwick/contract';
import { Badge, StatusBadge } from '../../ui/badge.tsx';

/** What somebody is on the whole panel; those who run it stand out. */
export function RoleBadge({ role }: { role: PlatformRole }) {
  const t = useTranslations('shell.account.role');
  return <Badge tone={role === 'owner' || role === 'administrator' ? 'info' : 'neutral'}>{t(role)}</Badge>;
}

export function PersonStatus({ user, look = 'text' }: { user: User; look?: 'text' | 'pill' }) {
  const t = useTranslations('people.status');
  if (!user.active)
    return (
      <StatusBadge icon="stopped" look={look}>
        {t('disabled')}
      </StatusBadge>
    );
  return (
    <StatusBadge icon={user.hasPassword ? 'good' : 'created'} look={look}>
      {t(user.hasPassword ? 'active' : 'noPassword')}
    </StatusBadge>
  );
}

/** Missing where the role needs it: that stands out. */
export function TwoFactorBadge({
  twoFactor: { enabledAt, missing },
  look = 'text',
}: Pick<User, 'twoFactor'> & { look?: 'text' | 'pill' }) {
  const t = useTranslations('people.twoFactor.state');
  if (missing)
    return (
      <StatusBadge icon="warning" look={look}>
        {t('missing')}
      </StatusBadge>
    );
  return (
    <StatusBadge icon={enabledAt === null ? 'off' : 'good'} look={look}>
      {t(enabledAt === null ? 'off' : 'on')}
    </StatusBadge>
  );
}
