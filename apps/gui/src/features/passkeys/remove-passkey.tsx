'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Passkey } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { RemovalDialog } from '../shell/removal-dialog.tsx';
import { usePasskeysRefresh } from './passkeys.ts';

export function RemovePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useTranslations('account.passkeys.removing');
  const router = useRouter();
  const refresh = usePasskeysRefresh();
  return (
    <RemovalDialog
      title={t('title', { name: passkey.name })}
      keep={t('keep')}
      submit={t('submit')}
      path={`/me/passkeys/${passkey.id}`}
      onRemoved={() => {
        announce(t('done', { name: passkey.name }));
        refresh();
        // The sessions beside it have ended with it.
        router.refresh();
        onClose();
      }}
      onClose={onClose}
    >
      {t('text', { site: passkey.site })}
    </RemovalDialog>
  );
}
