'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ResetLink as Link, User } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { ShownOnce } from '../shell/shown-once.tsx';

/** A way in for whoever cannot be reached by mail: made here, shown once, handed over by whoever made it. */
export function ResetLink({ user, reason }: { user: User; reason: string | null }) {
  const t = useTranslations('people.reset');
  const showError = useErrorToast();
  const [busy, setBusy] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  const create = () => {
    setBusy(true);
    api<Link>('POST', `/users/${user.id}/password-reset`)
      .then(setLink)
      .catch(showError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <DisabledReason reason={reason}>
        <Button loading={busy} disabled={reason !== null} onClick={create}>
          <KeyRound aria-hidden />
          {t('create')}
        </Button>
      </DisabledReason>
      {link && (
        <Dialog open onOpenChange={(open) => !open && setLink(null)}>
          <DialogContent
            title={t('title', { name: user.displayName })}
            description={t('text')}
            // It cannot be shown again: a click beside it must not lose it.
            onInteractOutside={(event) => event.preventDefault()}
            footer={<Button onClick={() => setLink(null)}>{t('close')}</Button>}
          >
            <ShownOnce url={link.url} label={t('link')} />
          </DialogContent>
        </Dialog>
      )}
    </>
  );
}
