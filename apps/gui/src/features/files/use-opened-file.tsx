'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { nameOf } from './file-path.rules.ts';

export interface OpenedFile {
  /** What is open; what the address names, unless that would take what is not saved. */
  file: string;
  setDirty: (dirty: boolean) => void;
  /** Belongs somewhere into the page. */
  guard: ReactNode;
}

/** Whichever way the address came to name another file, text that is not saved is asked about first. */
export function useOpenedFile(named: string, onStay: (file: string) => void): OpenedFile {
  const t = useTranslations('files.leave');
  const [file, setFile] = useState(named);
  const [dirty, setDirty] = useState(false);
  if (named !== file && !dirty) setFile(named);
  const discard = () => setDirty(false);
  return {
    file,
    setDirty,
    guard: (
      <>
        <LeaveGuard dirty={dirty} text={t('text', { name: nameOf(file) })} onDiscard={discard} />
        {named !== file && dirty && (
          <ConfirmDialog
            title={t('title')}
            keep={t('keep')}
            submit={t('discard')}
            act={{ onClick: discard }}
            onClose={() => onStay(file)}
          >
            <p className="pb-2">{t('text', { name: nameOf(file) })}</p>
          </ConfirmDialog>
        )}
      </>
    ),
  };
}
