'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';

interface Props {
  dirty: boolean;
  /** What would be lost. */
  text: string;
  onDiscard: () => void;
}

/** Asks before a link, a reload or a closed window takes what is not saved. */
export function LeaveGuard({ dirty, text, onDiscard }: Props) {
  const t = useTranslations('shell.leave');
  const router = useRouter();
  const [to, setTo] = useState<string | null>(null);
  useEffect(() => {
    if (!dirty) return undefined;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const address = leavingTo(event);
      if (address === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(address);
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [dirty]);
  if (to === null) return null;
  const leave = () => {
    setTo(null);
    onDiscard();
    router.push(to);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && setTo(null)}>
      <DialogContent
        title={t('title')}
        footer={
          <>
            <Button onClick={() => setTo(null)}>{t('stay')}</Button>
            <Button look="danger" onClick={leave}>
              {t('go')}
            </Button>
          </>
        }
      >
        <p className="pb-2">{text}</p>
      </DialogContent>
    </Dialog>
  );
}

/** Where a click leads out of this page; null where it leads nowhere, or into another window. */
function leavingTo(event: MouseEvent): string | null {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  if (!link || link.target === '_blank' || link.origin !== window.location.origin) return null;
  if (link.pathname === window.location.pathname) return null;
  return link.pathname + link.search + link.hash;
}
