'use client';

import { Activity, LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, SheetContent } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { isEnded, newestFirst } from './operation.rules.ts';
import { OperationRow } from './operation-row.tsx';

const SHOWN = 12;

/** In the top bar: how much is being done, and a drawer with what was done last. */
export function ActivityButton() {
  const t = useTranslations('operations.drawer');
  const [open, setOpen] = useState(false);
  const operations = useLiveItems(useLiveList('operations', []), []);
  const running = operations.filter((operation) => !isEnded(operation)).length;
  useShortcuts([{ keys: 'Ctrl .', label: t('toggle'), group: 'global', run: () => setOpen((was) => !was) }]);
  return (
    <>
      <IconButton
        label={running > 0 ? t('running', { count: running }) : t('title')}
        hint={<Kbd keys="Ctrl ." />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={running > 0 ? 'w-auto px-2 text-progress' : undefined}
      >
        {running > 0 ? <LoaderCircle aria-hidden className="animate-spin" /> : <Activity aria-hidden />}
        {running > 0 && <span className="tabular-nums">{running}</span>}
      </IconButton>
      <Dialog open={open} onOpenChange={setOpen}>
        <SheetContent title={t('title')}>
          <ul className="flex flex-col divide-y divide-line">
            {newestFirst(operations)
              .slice(0, SHOWN)
              .map((operation) => (
                <li key={operation.id}>
                  <OperationRow operation={operation} onFollow={() => setOpen(false)} />
                </li>
              ))}
          </ul>
          {operations.length === 0 && <p className="py-4 text-fg-2">{t('empty')}</p>}
          <Button asChild className="mt-3">
            <Link href="/activity" onClick={() => setOpen(false)}>
              {t('all')}
            </Link>
          </Button>
        </SheetContent>
      </Dialog>
    </>
  );
}
