import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlertRuleList } from '@bailiwick/contract';
import { AlertRulesPage } from '../../../../features/alerts/alert-rules-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts.rules'))('page') };
}

export default async function RulesPage() {
  const rules = await readCore('/settings/alert-rules', AlertRuleList);
  if (!rules.ok) return <Failure error={rules.error} />;
  return <AlertRulesPage initial={rules.value} />;
}
