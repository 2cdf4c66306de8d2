'use client';

import { useTranslations } from 'next-intl';
import type { FileEntry } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import type { Undone } from './file-changes.ts';
import { UndoneNotice } from './undone-notice.tsx';

interface Props {
  act: 'copy' | 'move';
  undone: readonly Undone[];
  busy: boolean;
  onReplace: (entries: readonly FileEntry[]) => void;
  onClose: () => void;
}

/** What could not be put there, and whether it is to take the place of what is there. */
export function PasteDialog({ act, undone, busy, onReplace, onClose }: Props) {
  const t = useTranslations('files.clipboard');
  const choose = useTranslations('files.choose');
  const common = useTranslations('common');
  const there = undone.filter(({ error: { envelope } }) => envelope.code === 'file_exists').map(({ entry }) => entry);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t(`stuck.${act}`)}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            {there.length > 0 && (
              <Button look="danger" loading={busy} onClick={() => onReplace(there)}>
                {choose('replace', { count: there.length })}
              </Button>
            )}
          </>
        }
      >
        <div className="pb-2">
          <UndoneNotice undone={undone} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
