'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerId, FileEntry } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { BITS, hasBit, turnBit } from './file-acts.rules.ts';
import { changeMode, forEachFile, type Undone } from './file-changes.ts';
import { modeWords } from './file-order.rules.ts';
import { inFolder } from './file-path.rules.ts';
import { UndoneNotice } from './undone-notice.tsx';

const PARTIES = ['owner', 'group', 'others'] as const;
const RIGHTS = { 4: 'read', 2: 'write', 1: 'run' } as const;

interface Props {
  id: ContainerId;
  folder: string;
  entries: readonly FileEntry[];
  onDone: (count: number) => void;
  onClose: () => void;
}

/** Who may read, write and run: as boxes, and as the three digits people know. */
export function ModeDialog({ id, folder, entries, onDone, onClose }: Props) {
  const t = useTranslations('files.mode');
  const common = useTranslations('common');
  const fail = useErrorToast();
  const [mode, setMode] = useState(entries[0]?.mode ?? '644');
  const [busy, setBusy] = useState(false);
  const [undone, setUndone] = useState<readonly Undone[]>([]);
  const isWhole = /^[0-7]{3}$/.test(mode);
  const run = async () => {
    setBusy(true);
    try {
      const left = await forEachFile(entries, ({ name }) => changeMode(id, inFolder(folder, name), mode));
      setUndone(left);
      if (left.length === 0) onDone(entries.length);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { count: entries.length, name: entries[0]?.name ?? '' })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button look="primary" loading={busy} disabled={!isWhole} onClick={() => void run()}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <UndoneNotice undone={undone} />
          <table className="w-full text-sm">
            <caption className="sr-only">{t('caption')}</caption>
            <thead className="text-xs text-fg-2">
              <tr>
                <td />
                {BITS.map((bit) => (
                  <th key={bit} scope="col" className="h-8 text-start font-medium">
                    {t(RIGHTS[bit])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {PARTIES.map((party, who) => (
                <tr key={party} className="h-row">
                  <th scope="row" className="text-start font-normal">
                    {t(party)}
                  </th>
                  {BITS.map((bit) => (
                    <td key={bit}>
                      <Checkbox
                        aria-label={t('cell', { party: t(party), right: t(RIGHTS[bit]) })}
                        checked={hasBit(mode, who, bit)}
                        disabled={!isWhole}
                        onChange={() => setMode(turnBit(mode, who, bit))}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <Field label={t('octal')} hint={isWhole ? modeWords(mode) : t('octalFormat')}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                maxLength={3}
                className="w-24 font-mono"
                value={mode}
                onChange={({ target }) => setMode(target.value.replaceAll(/[^0-7]/g, ''))}
              />
            )}
          </Field>
        </div>
      </DialogContent>
    </Dialog>
  );
}
