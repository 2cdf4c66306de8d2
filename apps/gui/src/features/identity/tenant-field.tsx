'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useLastTenant } from './last-tenant.ts';

/** Most people need no tenant to be found; who does opens the field, and finds it filled the next time. */
export function TenantField({ named }: { named: string | null }) {
  const t = useTranslations('login');
  const last = useLastTenant();
  const [typed, setTyped] = useState<string | null>(null);
  const known = named ?? last;
  if (typed === null && known === '') {
    return (
      <button
        type="button"
        onClick={() => setTyped('')}
        className="min-h-6 self-start text-sm text-fg-2 underline hover:text-fg touch:min-h-11"
      >
        {t('ownTenant')}
      </button>
    );
  }
  return (
    <Field label={t('tenant')} hint={t('tenantHint')}>
      {(control) => (
        <Input
          {...control}
          name="tenant"
          value={typed ?? known}
          onChange={({ target }) => setTyped(target.value)}
          maxLength={64}
          autoComplete="organization"
          autoCapitalize="none"
          spellCheck={false}
          // Opened by hand: the next thing typed is meant for it.
          autoFocus={typed === ''}
        />
      )}
    </Field>
  );
}
