'use client';

import { useTranslations } from 'next-intl';
import type { Tenant } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { QuotaForm } from '../quotas/quota-form.tsx';
import { QuotaUsage } from '../quotas/quota-usage.tsx';

/** What a tenant takes and may take. */
export function TenantQuota({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useTranslations('tenants.quota');
  const quotas = useTranslations('quotas');
  const common = useTranslations('common');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: tenant.name })}
        description={quotas('text.tenant')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={<Button onClick={onClose}>{common('close')}</Button>}
      >
        <div className="flex flex-col gap-4 pb-2">
          <QuotaUsage subject={tenant.id} />
          <QuotaForm subject={tenant.id} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
