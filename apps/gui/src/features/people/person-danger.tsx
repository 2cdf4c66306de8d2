'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { User } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { usePersonActions } from './person-actions.tsx';
import { useDisableReason } from './person-menu.tsx';
import { usePersonWhy } from './person-why.ts';

/** Keeping somebody out: for now, or for good. */
export function PersonDanger({ user }: { user: User }) {
  const t = useTranslations('people.danger');
  const router = useRouter();
  const actions = usePersonActions({ onDeleted: () => router.push('/people') });
  const disableReason = useDisableReason()(user);
  const deleteReason = usePersonWhy()(user, 'people.delete');
  const [busy, setBusy] = useState(false);
  const setActive = () => {
    setBusy(true);
    void actions.setActive(user, !user.active).finally(() => setBusy(false));
  };
  return (
    <Card aria-label={t('title')} className="mt-4">
      <CardTitle className="mb-1">{t('title')}</CardTitle>
      <ul className="divide-y divide-line">
        <Act title={t(user.active ? 'disable' : 'enable')} text={t(user.active ? 'disableText' : 'enableText')}>
          <DisabledReason reason={disableReason}>
            <Button loading={busy} disabled={disableReason !== null} onClick={setActive}>
              {t(user.active ? 'disable' : 'enable')}
            </Button>
          </DisabledReason>
        </Act>
        <Act title={t('delete')} text={t('deleteText')}>
          <DisabledReason reason={deleteReason}>
            <Button look="danger" disabled={deleteReason !== null} onClick={() => actions.askDelete(user)}>
              <Trash2 aria-hidden />
              {t('delete')}
            </Button>
          </DisabledReason>
        </Act>
      </ul>
      {actions.dialog}
    </Card>
  );
}

const Act = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => (
  <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 last:pb-0">
    <div className="min-w-0 grow basis-64">
      <p className="font-medium">{title}</p>
      <p className="text-fg-2">{text}</p>
    </div>
    {children}
  </li>
);
