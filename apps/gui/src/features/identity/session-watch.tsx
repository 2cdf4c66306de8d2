'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { api, onAnswered, sessionEnded } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { useMe } from './me.tsx';

const WARN_MS = 120_000;
const CHANNEL = 'bw_session';

/** Warns two minutes before an idle session ends. Every tab of this browser counts: they share one session. */
export function SessionWatch() {
  const t = useTranslations('shell.session');
  const endsAt = useSessionEnd();
  const [asked, setAsked] = useState(false);
  const left = endsAt - useNow(1000);
  useEffect(() => {
    if (left <= 0) sessionEnded();
  }, [left]);
  if (left > WARN_MS || left <= 0) return null;
  return (
    <Banner
      tone="warning"
      className="fixed inset-x-3 bottom-3 z-30 mx-auto max-w-lg shadow-pop max-md:bottom-16"
      title={t('endsSoon', { seconds: Math.ceil(left / 1000) })}
      actions={
        <Button
          loading={asked}
          onClick={() => {
            setAsked(true);
            // The answer counts as activity; a refusal opens the dialog to sign in again.
            void api('GET', '/me')
              .catch(() => sessionEnded())
              .finally(() => setAsked(false));
          }}
        >
          {t('extend')}
        </Button>
      }
    />
  );
}

/** When the session ends if nothing more is asked of the core, by this browser's clock. */
function useSessionEnd(): number {
  const { session } = useMe();
  const pathname = usePathname();
  const [times] = useState(() => ({
    idleMs: Date.parse(session.idleEndsAt) - Date.now(),
    absoluteAt: Date.parse(session.endsAt),
  }));
  const [idleEndsAt, setIdleEndsAt] = useState(() => Date.parse(session.idleEndsAt));
  useEffect(() => {
    const extend = () => setIdleEndsAt(Date.now() + times.idleMs);
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener('message', extend);
    const stop = onAnswered(() => {
      extend();
      channel.postMessage('active');
    });
    extend();
    channel.postMessage('active');
    return () => {
      stop();
      channel.close();
    };
    // Another page was rendered for this session, which kept it alive as well.
  }, [times, pathname]);
  return Math.min(idleEndsAt, times.absoluteAt);
}
