import { useTranslations } from 'next-intl';
import type { Alert } from '@bailiwick/contract';

/** What is wrong with what, in one sentence. */
export function useAlertTitle(): (alert: Pick<Alert, 'rule' | 'label'>) => string {
  const t = useTranslations('alerts.rule');
  return ({ rule, label }) => t(rule, { label });
}
