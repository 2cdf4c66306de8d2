'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Dashboard } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';

const FIELDS = ['name'] as const;

export function NewDashboard({ onClose }: { onClose: () => void }) {
  const t = useTranslations('dashboards.new');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const form = useForm({
    fields: FIELDS,
    initial: { name: '' },
    rules: { name: (name) => name.trim() !== '' },
    send: async ({ name }) => {
      const body = { name: name.trim(), widgets: [], shared: false };
      const { id } = await api<Dashboard>('POST', '/me/dashboards', { body });
      announce(t('done', { name: body.name }));
      router.push(`/dashboards/${id}?edit=1`);
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {t('create')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field label={t('name')} required error={form.problem('name') && t('wrongName')}>
            {(control) => <Input {...form.control('name', control)} autoComplete="off" maxLength={60} />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
