'use client';

import { useTranslations } from 'next-intl';
import type { Invitation } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { ShownOnce } from '../shell/shown-once.tsx';

/** The link, where no mail carries it. */
export function InvitationLink({
  invitation,
  url,
  onClose,
}: {
  invitation: Invitation;
  url: string;
  onClose: () => void;
}) {
  const t = useTranslations('invitations.link');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { email: invitation.email })}
        description={t('text')}
        // It cannot be shown again: a click beside it must not lose it.
        onInteractOutside={(event) => event.preventDefault()}
        footer={<Button onClick={onClose}>{t('close')}</Button>}
      >
        <ShownOnce url={url} label={t('label')} />
      </DialogContent>
    </Dialog>
  );
}
