import { useTranslations } from 'next-intl';
import type { Widget } from '@bailiwick/contract';
import type { Sight } from './widget-view.tsx';

/** What a widget is called; what its reader cannot see has no name. */
export function useWidgetTitle({ containers, environments }: Sight): (widget: Widget) => string {
  const t = useTranslations('dashboards');
  const nameOf = (things: ReadonlyArray<{ id: string; name: string }>, wanted: string) =>
    things.find(({ id }) => id === wanted)?.name ?? t('unknown');
  return (widget) => {
    switch (widget.kind) {
      case 'top':
        return t(`top.${widget.measure}`);
      case 'containerChart':
        return t('chart.of', { measure: t(`chart.${widget.measure}`), name: nameOf(containers, widget.container) });
      case 'hostChart':
        return t('chart.of', { measure: t(`chart.${widget.measure}`), name: nameOf(environments, widget.environment) });
      default:
        return t(`kind.${widget.kind}`);
    }
  };
}
