'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { User } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useMay, useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { useViewAs } from './view-as.ts';

/** Opens the panel as somebody else sees it; as an owner only for owners. */
export function ViewAsButton({ user }: { user: Pick<User, 'id' | 'displayName' | 'platformRole'> }) {
  const t = useTranslations('viewAs');
  const me = useMe();
  const mayView = useMay('access.viewAs');
  const mayViewOwners = useMay('people.ownership');
  const { view } = useViewAs();
  const showError = useErrorToast();
  const [asked, setAsked] = useState(false);
  if (!mayView || user.id === me.user.id) return null;
  const reason = user.platformRole === 'owner' && !mayViewOwners ? t('ownersOnly') : null;
  const begin = () => {
    setAsked(true);
    view(user.id).catch((error: unknown) => {
      setAsked(false);
      showError(error);
    });
  };
  return (
    <DisabledReason reason={reason}>
      <Button disabled={reason !== null} loading={asked} onClick={begin}>
        <Eye aria-hidden />
        {t('view', { name: user.displayName })}
      </Button>
    </DisabledReason>
  );
}
