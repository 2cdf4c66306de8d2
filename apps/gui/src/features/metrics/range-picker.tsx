import { useTranslations } from 'next-intl';
import { METRICS_RANGES, type MetricsRange } from '@bailiwick/contract';
import { LinkTabs } from '../../ui/link-tabs.tsx';

/** How far back: each is an address of its own. */
export function RangePicker({ range, href }: { range: MetricsRange; href: (range: MetricsRange) => string }) {
  const t = useTranslations('metrics');
  return (
    <LinkTabs
      label={t('ranges')}
      tabs={METRICS_RANGES.map((each) => ({
        href: href(each),
        label: t(`range.${each}`),
        current: each === range,
      }))}
    />
  );
}
