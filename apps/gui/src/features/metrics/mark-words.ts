import { useTranslations } from 'next-intl';
import type { Mark } from './chart-marks.rules.ts';

/** What a mark stands for. */
export function useMarkWords(): (mark: Mark) => string {
  const t = useTranslations('metrics.mark');
  return ({ kind, exitCode }) => t(kind, { code: exitCode ?? '' });
}
