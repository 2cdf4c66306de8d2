'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { type Shortcut, singleKeysOn, subscribeSingleKeys, switchSingleKeys } from '../../lib/keyboard.ts';
import { keyboard } from '../../lib/shortcuts.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';

const GROUPS: readonly Shortcut['group'][] = ['list', 'detail', 'logs', 'global'];

/** What the keys do on this page, nearest first. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('shell.shortcuts');
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <DialogContent title={t('title')} description={t('description')} className="max-w-2xl">
        <div className="columns-1 gap-8 pb-3 sm:columns-2">
          {GROUPS.map((group) => (
            <ShortcutGroup key={group} group={group} />
          ))}
        </div>
        <SingleKeys />
      </DialogContent>
    </Dialog>
  );
}

function ShortcutGroup({ group }: { group: Shortcut['group'] }) {
  const t = useTranslations('shell.shortcuts');
  const own = keyboard.list().filter((shortcut) => shortcut.group === group);
  if (own.length === 0) return null;
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs font-medium text-fg-3">{t(group)}</h3>
      <dl>
        {own.map(({ keys, label }) => (
          <div key={keys} className="flex min-h-7 items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SingleKeys() {
  const t = useTranslations('shell.shortcuts');
  const on = useSyncExternalStore(subscribeSingleKeys, singleKeysOn, () => true);
  return (
    <label className="flex min-h-8 items-center gap-2 border-t border-line py-3">
      <Checkbox checked={on} onChange={(event) => switchSingleKeys(event.target.checked)} />
      {t('singleKeys')}
    </label>
  );
}
