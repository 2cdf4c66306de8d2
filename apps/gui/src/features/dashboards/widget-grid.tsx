import type { Widget } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { type Sight, WidgetView } from './widget-view.tsx';

/** Four columns where there is room for them, two, or one. */
export const GRID = 'grid auto-rows-[minmax(15.5rem,auto)] gap-3 sm:grid-cols-2 xl:grid-cols-4';

const WIDTHS = ['', 'sm:col-span-1', 'sm:col-span-2', 'sm:col-span-2 xl:col-span-3', 'sm:col-span-2 xl:col-span-4'];
const HEIGHTS = [
  '',
  'row-span-1 [--chart-height:11rem]',
  'row-span-2 [--chart-height:27rem]',
  'row-span-3 [--chart-height:43rem]',
];

/** How much of the grid one takes. */
export const spanOf = ({ width, height }: Pick<Widget, 'width' | 'height'>): string =>
  cn('min-w-0 [&_section]:h-full', WIDTHS[width], HEIGHTS[height]);

export function WidgetGrid({ widgets, sight }: { widgets: readonly Widget[]; sight: Sight }) {
  return (
    <ul className={GRID}>
      {widgets.map((widget, index) => (
        <li key={index} data-widget={widget.kind} className={spanOf(widget)}>
          <WidgetView widget={widget} sight={sight} />
        </li>
      ))}
    </ul>
  );
}
