'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Passkey } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { isPasskeyName } from './passkey-name.rules.ts';
import { usePasskeysRefresh } from './passkeys.ts';

export function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useTranslations('account.passkeys.renaming');
  const common = useTranslations('common');
  const formId = useId();
  const refresh = usePasskeysRefresh();
  const form = useForm({
    fields: ['name'],
    initial: { name: passkey.name },
    rules: { name: isPasskeyName },
    send: async ({ name }) => {
      await api('PATCH', `/me/passkeys/${passkey.id}`, { body: { name: name.trim() } });
      announce(t('done', { name: name.trim() }));
      refresh();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: passkey.name })}
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
            {(control) => <Input {...form.control('name', control)} autoComplete="off" maxLength={60} />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
