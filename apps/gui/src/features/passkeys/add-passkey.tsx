'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { announce } from '../../lib/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useForm } from '../shell/use-form.ts';
import { isPasskeyName } from './passkey-name.rules.ts';
import { PasskeyNotice, type PasskeyFailure, toPasskeyFailure } from './passkey-notice.tsx';
import { addPasskey, usePasskeysRefresh } from './passkeys.ts';

/** A name first; then the browser asks where the key shall live. */
export function AddPasskey({ onClose, onAdded = onClose }: { onClose: () => void; onAdded?: () => void }) {
  const t = useTranslations('account.passkeys.adding');
  const common = useTranslations('common');
  const formId = useId();
  const refresh = usePasskeysRefresh();
  const [failure, setFailure] = useState<PasskeyFailure | null>(null);
  const form = useForm({
    fields: ['name'],
    initial: { name: '' },
    rules: { name: isPasskeyName },
    send: async ({ name }) => {
      setFailure(null);
      try {
        const added = await addPasskey(name.trim());
        announce(t('done', { name: added.name }));
        refresh();
        onAdded();
      } catch (error) {
        setFailure(toPasskeyFailure(error));
      }
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
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
          <PasskeyNotice failure={failure} />
          <Field label={t('name')} hint={t('nameHint')} required error={form.problem('name') && t('wrong')}>
            {(control) => <Input {...form.control('name', control)} autoComplete="off" maxLength={60} autoFocus />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
