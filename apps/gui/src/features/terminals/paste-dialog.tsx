'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';

const SHOWN = 4000;

/** Several lines are as many commands: what is in the clipboard is looked at before it is run. */
export function PasteDialog({
  text,
  onPaste,
  onClose,
  onClosed,
}: {
  text: string | null;
  onPaste: (text: string) => void;
  onClose: () => void;
  /** Where typing goes on. */
  onClosed: () => void;
}) {
  const t = useTranslations('terminals.paste');
  const common = useTranslations('common');
  const lines = (text ?? '').replace(/[\r\n]+$/, '').split(/\r\n|\r|\n/);
  const oneLine = lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');
  return (
    <Dialog open={text !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { lines: lines.length })}
        description={t('text')}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
        }}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            {lines.length > 1 && <Button onClick={() => onPaste(oneLine)}>{t('oneLine')}</Button>}
            <Button look="primary" onClick={() => onPaste(text ?? '')}>
              {t('paste')}
            </Button>
          </>
        }
      >
        <pre
          tabIndex={0}
          role="region"
          aria-label={t('preview')}
          className="max-h-60 overflow-auto rounded-md border border-line bg-inset p-2 font-mono text-xs whitespace-pre-wrap break-all"
        >
          {(text ?? '').slice(0, SHOWN)}
          {(text ?? '').length > SHOWN && '…'}
        </pre>
      </DialogContent>
    </Dialog>
  );
}
