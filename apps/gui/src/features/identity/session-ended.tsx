'use client';

import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { whenSessionEnds } from '../../lib/api.ts';
import { retryLiveNow } from '../../lib/live-hooks.ts';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { useMe } from './me.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Over the page, which keeps what was typed: sign in again and go on. Somebody else gets a fresh page. */
export function SessionEnded() {
  const t = useTranslations('shell.session');
  const { user, tenant } = useMe();
  const router = useRouter();
  const [ended, setEnded] = useState(false);
  useEffect(() => whenSessionEnds(() => setEnded(true)), []);
  return (
    <Dialog open={ended}>
      <DialogContent title={t('title')} description={t('description')} closable={false}>
        <SignInForm
          username={user.username}
          tenant={tenant.slug}
          onSignedIn={(me) => {
            if (me.user.id !== user.id) return window.location.reload();
            setEnded(false);
            retryLiveNow();
            return router.refresh();
          }}
        />
        <div className="pb-3" />
      </DialogContent>
    </Dialog>
  );
}
