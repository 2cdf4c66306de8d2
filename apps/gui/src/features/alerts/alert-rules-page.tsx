'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AlertRuleList, AlertRuleState } from '@bailiwick/contract';
import { PageHeader } from '../../ui/page-header.tsx';
import { useCapabilityName } from '../access/capability-words.ts';
import { useMay } from '../identity/me.tsx';
import { AlertRuleCard } from './alert-rule-card.tsx';
import { AlertTabs } from './alert-tabs.tsx';

/** What is watched, and at which numbers it needs somebody. */
export function AlertRulesPage({ initial }: { initial: AlertRuleList }) {
  const t = useTranslations('alerts');
  const common = useTranslations('common');
  const toName = useCapabilityName();
  const mayChange = useMay('settings.update');
  const [rules, setRules] = useState<readonly AlertRuleState[]>(initial.items);
  return (
    <div className="max-w-4xl">
      <PageHeader title={t('page')} description={t('rules.text')} />
      <AlertTabs current="rules" />
      {!mayChange && (
        <p className="mb-3 text-fg-2">
          {common('needs', { capability: toName('settings.update') ?? 'settings.update' })}
        </p>
      )}
      <ul aria-label={t('rules.page')} className="flex flex-col gap-3">
        {rules.map((state) => (
          <li key={state.rule}>
            <AlertRuleCard state={state} mayChange={mayChange} onSaved={setRules} />
          </li>
        ))}
      </ul>
    </div>
  );
}
