import { useTranslations } from 'next-intl';
import { useOperationTitle } from '../operations/operation-words.ts';
import type { Mark } from './chart-marks.rules.ts';

/** What a mark stands for. */
export function useMarkWords(): (mark: Mark) => string {
  const t = useTranslations('metrics.mark');
  const toTitle = useOperationTitle();
  return ({ kind, exitCode, operation }) =>
    t(kind, { code: exitCode ?? '', what: operation === null ? '' : toTitle(operation) });
}
