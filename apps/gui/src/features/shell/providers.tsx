'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { Toaster } from '../../ui/toast.tsx';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { UiTextProvider } from '../../ui/ui-text.tsx';

const MOST_TRIES = 2;

/** What every page needs around it: words for primitives, one query cache, tooltips, toasts, live regions. */
export function Providers({ children }: { children: ReactNode }) {
  const t = useTranslations('common');
  const shell = useTranslations('shell');
  const [queries] = useState(makeQueryClient);
  return (
    <UiTextProvider
      text={{
        close: t('close'),
        copy: t('copy'),
        copied: t('copied'),
        loading: t('loading'),
        required: t('required'),
      }}
    >
      <QueryClientProvider client={queries}>
        <TooltipProvider>{children}</TooltipProvider>
        <Toaster label={shell('toasts')} />
        <div id="announce-polite" aria-live="polite" className="sr-only" />
        <div id="announce-assertive" aria-live="assertive" className="sr-only" />
      </QueryClientProvider>
    </UiTextProvider>
  );
}

const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        // Trying again helps where the core was away, never where it refused.
        retry: (failures, error) => failures < MOST_TRIES && error instanceof ApiError && error.status >= 502,
      },
    },
  });
