'use client';

import { useTranslations } from 'next-intl';
import type { SignInProviderInfo } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';

/** A button for each place somebody can prove elsewhere who they are. */
export function ProviderLinks({ providers, next }: { providers: readonly SignInProviderInfo[]; next: string }) {
  const t = useTranslations('login.providers');
  if (providers.length === 0) return null;
  const query = next === '/' ? '' : `?next=${encodeURIComponent(next)}`;
  return (
    <nav aria-label={t('label')} className="flex flex-col gap-2 border-t border-line pt-4">
      {providers.map(({ id, label }) => (
        <Button key={id} asChild>
          {/* Off the panel and back: no page of ours, so no link of the router's. */}
          <a href={`/api/v1/sign-in/providers/${id}/start${query}`}>{t('by', { provider: label })}</a>
        </Button>
      ))}
    </nav>
  );
}
