'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { PlatformRole, TwoFactorPolicy as Policy, TwoFactorSettings } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useMay, useMe } from '../identity/me.tsx';
import { PLATFORM_ROLES } from '../people/people-view.rules.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useTwoFactor } from '../two-factor/two-factor.ts';
import { toEffect } from './two-factor-policy.rules.ts';

const KEY = ['settings', 'two-factor'];

/** Whose role needs a second factor; before it is saved it says how many people that stops. */
export function TwoFactorPolicy({ initial }: { initial: TwoFactorSettings }) {
  const t = useTranslations('settings.twoFactor');
  const queries = useQueryClient();
  const router = useRouter();
  const mayChange = useMay('settings.update');
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api<TwoFactorSettings>('GET', '/settings/two-factor', { signal }),
    initialData: initial,
    refetchOnWindowFocus: true,
  });
  const [chosen, setChosen] = useState<ReadonlySet<PlatformRole>>(new Set(initial.requiredFor));
  const save = useMutation({
    mutationFn: (body: Policy) => api<TwoFactorSettings>('PUT', '/settings/two-factor', { body }),
    onSuccess: (answer) => {
      queries.setQueryData(KEY, answer);
      setChosen(new Set(answer.requiredFor));
      announce(t('saved'));
      // Whoever sends themselves to set it up goes at once.
      router.refresh();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const isDirty = PLATFORM_ROLES.some((role) => chosen.has(role) !== data.requiredFor.includes(role));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ requiredFor: PLATFORM_ROLES.filter((role) => chosen.has(role)) });
  };
  const toggle = (role: PlatformRole, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(role);
    else next.delete(role);
    save.reset();
    setChosen(next);
  };
  return (
    <Card aria-label={t('title')}>
      <CardTitle className="mb-1">{t('title')}</CardTitle>
      <p className="mb-4 text-fg-2">{t('text')}</p>
      {!mayChange && <Banner className="mb-4" title={t('readOnly')} />}
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        <ErrorNotice error={save.error instanceof ApiError ? save.error : null} />
        <RoleBoxes settings={data} chosen={chosen} disabled={!mayChange} onToggle={toggle} />
        <div aria-live="polite">{isDirty && <Effect {...toEffect(data, chosen)} />}</div>
        {mayChange && (
          <div className="flex items-center gap-3">
            <Button type="submit" look="primary" loading={save.isPending} disabled={!isDirty}>
              {t('save')}
            </Button>
            <span role="status" className="text-fg-2">
              {save.isSuccess && !isDirty && t('saved')}
            </span>
          </div>
        )}
      </form>
    </Card>
  );
}

interface BoxesProps {
  settings: TwoFactorSettings;
  chosen: ReadonlySet<PlatformRole>;
  disabled: boolean;
  onToggle: (role: PlatformRole, on: boolean) => void;
}

function RoleBoxes({ settings, chosen, disabled, onToggle }: BoxesProps) {
  const t = useTranslations('settings.twoFactor');
  const roles = useTranslations('shell.account.role');
  return (
    <fieldset disabled={disabled} className="flex flex-col">
      <legend className="mb-1 text-sm font-medium">{t('roles')}</legend>
      {PLATFORM_ROLES.map((role) => (
        <label key={role} className="flex min-h-9 items-center gap-2 touch:min-h-11">
          <Checkbox checked={chosen.has(role)} onChange={({ target }) => onToggle(role, target.checked)} />
          <span>{roles(role)}</span>
          <span className="text-xs text-fg-3">{t('without', { count: settings.without[role] ?? 0 })}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Said before it is saved: whom it stops, whom it lets off, and whether one is among them. */
function Effect({ sent, lifted, added }: ReturnType<typeof toEffect>) {
  const t = useTranslations('settings.twoFactor');
  const { user } = useMe();
  const own = useTwoFactor();
  const isMeant = added.includes(user.platformRole) && own.data?.enabled === false;
  return (
    <Banner tone={sent > 0 ? 'warning' : 'info'} title={added.length > 0 ? t('sends', { count: sent }) : t('unsaved')}>
      {isMeant && <p>{t('you')}</p>}
      {lifted > 0 && <p>{t('lifts', { count: lifted })}</p>}
    </Banner>
  );
}
