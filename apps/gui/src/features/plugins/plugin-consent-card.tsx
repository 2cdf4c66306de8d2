'use client';

import { Check, ShieldCheck, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type { Plugin, Tenant } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { SCOPE_RISKS, scopesAskedBy } from './plugin.rules.ts';
import { RiskBadge } from './risk-badge.tsx';

interface Props {
  plugin: Plugin;
  tenants: readonly Tenant[];
  onAgree: () => void;
}

/** What it asks for, against what was agreed to. */
export function PluginConsentCard({ plugin, tenants, onAgree }: Props) {
  const t = useTranslations('plugins');
  const titleId = useId();
  const { consent, manifest, can } = plugin;
  const granted = new Set(consent?.scopes);
  const scopes = scopesAskedBy(plugin);
  const asksNothing = scopes.length === 0 && manifest?.network !== true;
  return (
    <Card aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <CardTitle id={titleId} className="grow">
          {t('consent.title')}
        </CardTitle>
        {consent !== null && manifest !== null && can.includes('plugins.manage') && (
          <Button onClick={onAgree}>
            <ShieldCheck aria-hidden />
            {t('consent.change')}
          </Button>
        )}
      </div>
      {manifest === null && <p className="text-sm text-fg-2">{t('consent.unread')}</p>}
      {manifest !== null && asksNothing && <p className="text-sm text-fg-2">{t('consent.nothing')}</p>}
      {!asksNothing && (
        <ul className="flex flex-col gap-2.5">
          {scopes.map((scope) => (
            <Asked key={scope} isGranted={granted.has(scope)} name={t(`scope.${scope}.name`)}>
              <RiskBadge risk={SCOPE_RISKS[scope]} />
              <p className="basis-full text-xs text-fg-2">{t(`scope.${scope}.sentence`)}</p>
            </Asked>
          ))}
          {manifest?.network === true && (
            <Asked isGranted={consent?.network === true} name={t('network.name')}>
              <RiskBadge risk="high" />
              <p className="basis-full text-xs text-fg-2">{t('network.sentence')}</p>
            </Asked>
          )}
        </ul>
      )}
      {consent !== null && (
        <p className="text-sm text-fg-2">
          {consent.tenants === null
            ? t('consent.allTenants')
            : t('consent.ofTenants', {
                count: consent.tenants.length,
                names: consent.tenants.map((id) => tenants.find((each) => each.id === id)?.name ?? id).join(', '),
              })}
        </p>
      )}
    </Card>
  );
}

function Asked({ isGranted, name, children }: { isGranted: boolean; name: string; children: ReactNode }) {
  const t = useTranslations('plugins.consent');
  const Icon = isGranted ? Check : X;
  return (
    <li className="flex gap-2 text-sm">
      <Icon
        aria-hidden
        className={isGranted ? 'mt-0.5 size-4 shrink-0 text-success' : 'mt-0.5 size-4 shrink-0 text-fg-3'}
      />
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-2 gap-y-0.5">
        <span className="font-medium">{name}</span>
        <span className="text-xs text-fg-3">{t(isGranted ? 'granted' : 'notGranted')}</span>
        {children}
      </div>
    </li>
  );
}
