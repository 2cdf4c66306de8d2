'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { TenantAnswer } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { isTenantName, isTenantSlug, toSlug } from './tenant-form.rules.ts';

/** The short name follows the name until somebody writes one of their own; it never changes afterwards. */
export function CreateTenant({ onClose }: { onClose: () => void }) {
  const t = useTranslations('tenants.create');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const [ownSlug, setOwnSlug] = useState(false);
  const form = useForm({
    fields: ['name', 'slug'],
    initial: { name: '', slug: '' },
    rules: { name: isTenantName, slug: isTenantSlug },
    send: async ({ name, slug }) => {
      await api<TenantAnswer>('POST', '/tenants', { body: { name: name.trim(), slug } });
      const text = t('done', { name: name.trim() });
      announce(text);
      toast(text);
      router.refresh();
      onClose();
    },
  });
  const slugProblem = form.problem('slug');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field label={t('name')} required error={form.problem('name') && t('wrong.name')}>
            {(control) => {
              const { onChange, ...rest } = form.control('name', control);
              return (
                <Input
                  {...rest}
                  autoComplete="off"
                  maxLength={80}
                  onChange={(event) => {
                    onChange(event);
                    if (!ownSlug) form.change('slug', toSlug(event.target.value));
                  }}
                />
              );
            }}
          </Field>
          <Field
            label={t('slug')}
            hint={t('slugHint')}
            required
            error={slugProblem && (slugProblem === 'taken' ? t('taken') : t('wrong.slug'))}
          >
            {(control) => {
              const { onChange, ...rest } = form.control('slug', control);
              return (
                <Input
                  {...rest}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  maxLength={40}
                  className="font-mono"
                  onChange={(event) => {
                    setOwnSlug(true);
                    onChange(event);
                  }}
                />
              );
            }}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
