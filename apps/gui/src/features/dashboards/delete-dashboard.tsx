'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Dashboard } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { RemovalDialog } from '../shell/removal-dialog.tsx';

export function DeleteDashboard({ dashboard: { id, name }, onClose }: { dashboard: Dashboard; onClose: () => void }) {
  const t = useTranslations('dashboards');
  const common = useTranslations('common');
  const router = useRouter();
  return (
    <RemovalDialog
      title={t('deleteTitle', { name })}
      keep={common('cancel')}
      submit={t('delete')}
      path={`/me/dashboards/${id}`}
      onRemoved={() => {
        announce(t('deleted', { name }));
        router.push('/dashboards');
      }}
      onClose={onClose}
    >
      {t('deleteText')}
    </RemovalDialog>
  );
}
