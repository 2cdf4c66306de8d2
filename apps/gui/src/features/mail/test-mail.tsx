'use client';

import { Send } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Accepted } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { isEmail } from '../identity/account-fields.rules.ts';
import { useMay } from '../identity/me.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';

/** Sends one mail at once and leads to where it is seen how far it came. */
export function TestMail() {
  const t = useTranslations('settings.mail');
  const router = useRouter();
  const form = useForm({
    fields: ['to'],
    initial: { to: '' },
    rules: { to: isEmail },
    send: async ({ to }) => {
      const { operation } = await api<Accepted>('POST', '/settings/mail/test', { body: { to } });
      router.push(`/activity/${operation.id}`);
    },
  });
  if (!useMay('settings.update')) return null;
  return (
    <Card aria-label={t('test')}>
      <CardTitle className="mb-3">{t('test')}</CardTitle>
      <form {...form.props} className="flex flex-col gap-3">
        <ErrorNotice error={form.error} />
        <Field label={t('to')} hint={t('toHint')} error={form.problem('to') && t('wrongTo')}>
          {(control) => (
            <Input {...form.control('to', control)} type="email" autoComplete="email" spellCheck={false} required />
          )}
        </Field>
        <Button type="submit" look="primary" loading={form.busy} className="self-start">
          <Send aria-hidden />
          {t('send')}
        </Button>
      </form>
    </Card>
  );
}
