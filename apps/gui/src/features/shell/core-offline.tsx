'use client';

import { PlugZap, RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useTransition } from 'react';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { Face } from '../../ui/face.tsx';

const WAITS_MS = [1000, 2000, 3000, 5000, 10_000];

/** The panel is up and the core is not: says so, keeps asking, and shows the page again when the core answers. */
export function CoreOffline({ level = 'page' }: { level?: 'page' | 'part' }) {
  const t = useTranslations('shell.offline');
  const common = useTranslations('common');
  const { retryAt, asking, askNow } = useRecovery();
  const seconds = Math.max(1, Math.ceil((retryAt - useNow(1000)) / 1000));
  return (
    <Face
      icon={PlugZap}
      tone="danger"
      level={level}
      title={t('title')}
      role="status"
      actions={
        <Button loading={asking} onClick={askNow}>
          <RotateCw aria-hidden />
          {common('retry')}
        </Button>
      }
    >
      <p>{t('description')}</p>
      <p>{t('hint')}</p>
      <p aria-live="off" className="text-fg-3" suppressHydrationWarning>
        {asking ? t('retrying') : common('retryIn', { seconds })}
      </p>
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
    </Face>
  );
}

function useRecovery(): { retryAt: number; asking: boolean; askNow: () => void } {
  const router = useRouter();
  const [refreshing, startTransition] = useTransition();
  const [asking, setAsking] = useState(false);
  const [attempt, setAttempt] = useState(() => ({ number: 0, at: Date.now() + (WAITS_MS[0] ?? 0) }));
  const ask = useRef(() => undefined as void);

  useEffect(() => {
    const abort = new AbortController();
    const askCore = async () => {
      setAsking(true);
      const up = await isCoreUp(abort.signal);
      if (abort.signal.aborted) return;
      setAsking(false);
      if (up) startTransition(() => router.refresh());
      // Also after an answer: the core may be gone again before the page is rendered.
      setAttempt(({ number }) => ({ number: number + 1, at: Date.now() + (WAITS_MS[number + 1] ?? 10_000) }));
    };
    ask.current = () => void askCore();
    const timer = setTimeout(ask.current, Math.max(0, attempt.at - Date.now()));
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [attempt, router]);

  return { retryAt: attempt.at, asking: asking || refreshing, askNow: () => ask.current() };
}

async function isCoreUp(signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch('/api/v1/setup', { cache: 'no-store', signal });
    return response.ok;
  } catch {
    // The panel itself is away, or the page is being left: not up either way.
    return false;
  }
}
