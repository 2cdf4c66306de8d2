'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';

/** What a program shows as a link may lead anywhere: the address is shown before it is opened. */
export function LinkDialog({ address, onClose }: { address: string | null; onClose: () => void }) {
  const t = useTranslations('terminals.link');
  const common = useTranslations('common');
  const isWeb = address !== null && /^https?:\/\//i.test(address);
  return (
    <Dialog open={isWeb} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('text')}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button asChild look="primary">
              <a href={isWeb ? address : undefined} target="_blank" rel="noopener noreferrer" onClick={onClose}>
                {t('open')}
              </a>
            </Button>
          </>
        }
      >
        <p className="font-mono text-sm break-all">{address}</p>
      </DialogContent>
    </Dialog>
  );
}
