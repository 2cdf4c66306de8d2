import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '../../lib/format.ts';

export type Unit = 'cores' | 'bytes' | 'bytesPerSecond' | 'count' | 'percent';

/** How a figure of each unit is written. */
export function useUnits(): Readonly<Record<Unit, (value: number) => string>> {
  const t = useTranslations('metrics');
  const format = useFormatter();
  const locale = useLocale();
  return {
    cores: (value) => t('cores', { count: Math.round(value * 100) / 100 }),
    bytes: (value) => formatBytes(value, locale),
    bytesPerSecond: (value) => t('perSecond', { bytes: formatBytes(value, locale) }),
    count: (value) => format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 }),
    percent: (value) => format.number(value / 100, { style: 'percent', maximumFractionDigits: 0 }),
  };
}
