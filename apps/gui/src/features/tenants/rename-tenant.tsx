'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { isTenantName } from './tenant-form.rules.ts';

export function RenameTenant({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useTranslations('tenants.rename');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const form = useForm({
    fields: ['name'],
    initial: { name: tenant.name },
    rules: { name: isTenantName },
    send: async ({ name }) => {
      await api('PUT', `/tenants/${tenant.id}/name`, { body: { name: name.trim() } });
      announce(t('done', { name: name.trim() }));
      router.refresh();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: tenant.name })}
        description={t('description', { slug: tenant.slug })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy} disabled={!form.dirty}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field label={t('name')} required error={form.problem('name') && t('wrong')}>
            {(control) => <Input {...form.control('name', control)} autoComplete="off" maxLength={80} />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
