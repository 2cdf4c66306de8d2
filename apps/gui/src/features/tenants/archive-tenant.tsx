'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

/** Says what happens to people and containers before a tenant is put away. */
export function ArchiveTenant({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useTranslations('tenants.archive');
  const router = useRouter();
  const keep = useRef<HTMLButtonElement>(null);
  const archive = useMutation({
    mutationFn: () => api('POST', `/tenants/${tenant.id}/archive`),
    onSuccess: () => {
      announce(t('done', { name: tenant.name }));
      router.refresh();
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: tenant.name })}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          keep.current?.focus();
        }}
        footer={
          <>
            <Button ref={keep} onClick={onClose}>
              {t('keep')}
            </Button>
            <Button look="danger" loading={archive.isPending} onClick={() => archive.mutate()}>
              {t('title', { name: tenant.name })}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <ErrorNotice error={archive.error instanceof ApiError ? archive.error : null} />
          <ul className="list-disc ps-5 text-fg-2">
            <li>{t('people', { count: tenant.people })}</li>
            <li>{t('containers', { count: tenant.containers })}</li>
            <li>{t('back')}</li>
          </ul>
        </div>
      </DialogContent>
    </Dialog>
  );
}
