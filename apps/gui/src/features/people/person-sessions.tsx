'use client';

import { LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SessionInfo, User } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { SessionTable } from '../sessions/session-table.tsx';
import { usePersonActions } from './person-actions.tsx';

/** Where somebody is signed in, and the end of it. */
export function PersonSessions({ user, sessions }: { user: User; sessions: readonly SessionInfo[] }) {
  const t = useTranslations('people.sessions');
  const { endSessions } = usePersonActions();
  const [busy, setBusy] = useState(false);
  const end = () => {
    setBusy(true);
    void endSessions(user).finally(() => setBusy(false));
  };
  return (
    <section aria-label={t('title')}>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 grow basis-64 text-fg-2">{t('text')}</p>
        <Button loading={busy} disabled={sessions.length === 0} onClick={end}>
          <LogOut aria-hidden />
          {t('endAll')}
        </Button>
      </div>
      <SessionTable sessions={sessions} caption={t('caption', { name: user.displayName })} />
    </section>
  );
}
