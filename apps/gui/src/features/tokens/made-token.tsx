'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { CreatedToken } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { useCopy } from '../../ui/id-chip.tsx';

/** Must be answered: a click beside it would lose the token for ever. */
export function MadeToken({ made: { item, token }, onClose }: { made: CreatedToken; onClose: () => void }) {
  const t = useTranslations('tokens.made');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  const header = `Authorization: Bearer ${item.prefix}…`;
  return (
    <Dialog open>
      <DialogContent
        title={t('title')}
        description={t('text')}
        closable={false}
        footer={
          <Button look="primary" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <div className="flex flex-wrap items-center gap-2">
            <code
              translate="no"
              aria-label={t('token', { name: item.name })}
              role="textbox"
              aria-readonly
              tabIndex={0}
              className="min-w-0 grow rounded-md bg-inset px-3 py-2 font-mono text-sm break-all select-all"
            >
              {token}
            </code>
            <Button onClick={() => copy(token)}>
              {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
              {copied ? common('copied') : t('copy')}
            </Button>
          </div>
          <p className="text-sm text-fg-2">{t('use')}</p>
          <pre translate="no" tabIndex={0} className="overflow-x-auto rounded-md bg-inset p-2 font-mono text-xs">
            {header}
          </pre>
        </div>
      </DialogContent>
    </Dialog>
  );
}
