import type { ContainerId, Dashboard, EnvironmentId, MetricsRange, Widget, WidgetKind } from '@bailiwick/contract';

const WIDEST = 4;
const HIGHEST = 3;

/** How big one is when it is added. */
const SIZES: Readonly<Record<WidgetKind, { width: number; height: number }>> = {
  attention: { width: 2, height: 1 },
  alerts: { width: 2, height: 1 },
  hosts: { width: 2, height: 1 },
  activity: { width: 2, height: 1 },
  top: { width: 1, height: 1 },
  pinned: { width: 1, height: 1 },
  containerChart: { width: 2, height: 1 },
  hostChart: { width: 2, height: 1 },
};

/** Who may look at it at all: what is about hosts and work is not everybody's. */
export const WIDGET_KINDS: readonly WidgetKind[] = [
  'attention',
  'alerts',
  'pinned',
  'top',
  'containerChart',
  'hostChart',
  'hosts',
  'activity',
];

/** What is asked for before one can be added. */
export interface WidgetChoice {
  kind: WidgetKind;
  measure: 'cpu' | 'memory' | 'network' | 'disk';
  range: MetricsRange;
  containers: readonly ContainerId[];
  environment: EnvironmentId | null;
}

/** Null while something that it needs is not chosen. */
export function toWidget({ kind, measure, range, containers, environment }: WidgetChoice): Widget | null {
  const [container] = containers;
  const size = SIZES[kind];
  switch (kind) {
    case 'attention':
    case 'alerts':
    case 'hosts':
    case 'activity':
      return { kind, ...size };
    case 'top':
      return { kind, measure: measure === 'memory' ? 'memoryBytes' : 'cpus', ...size };
    case 'pinned':
      return container === undefined ? null : { kind, containers: [...containers], ...size };
    case 'containerChart':
      return container === undefined ? null : { kind, container, measure, range, ...size };
    case 'hostChart':
      return environment === null ? null : { kind, environment, measure, range, ...size };
  }
}

/** The same ones, with one of them at another place; beyond an end is the end. */
export function moved(widgets: readonly Widget[], from: number, to: number): Widget[] {
  const one = widgets[from];
  if (!one) return [...widgets];
  const rest = widgets.filter((_, index) => index !== from);
  return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, one);
}

const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most));

export function resized(widgets: readonly Widget[], index: number, by: { width?: number; height?: number }): Widget[] {
  return widgets.map((widget, at) =>
    at === index
      ? {
          ...widget,
          width: within(1, widget.width + (by.width ?? 0), WIDEST),
          height: within(1, widget.height + (by.height ?? 0), HIGHEST),
        }
      : widget,
  );
}

export const removed = (widgets: readonly Widget[], index: number): Widget[] => widgets.filter((_, at) => at !== index);

type Written = Pick<Dashboard, 'name' | 'widgets' | 'shared'>;

export const isChanged = (before: Written, now: Written): boolean =>
  before.name !== now.name.trim() ||
  before.shared !== now.shared ||
  JSON.stringify(before.widgets) !== JSON.stringify(now.widgets);

/** Those that use most, the most first. */
export function topOf<Usage extends { id: string }>(
  usages: readonly Usage[],
  valueOf: (usage: Usage) => number | null,
  most: number,
): Array<{ usage: Usage; value: number }> {
  return usages
    .flatMap((usage) => {
      const value = valueOf(usage);
      return value === null || value <= 0 ? [] : [{ usage, value }];
    })
    .sort((one, other) => other.value - one.value || (one.usage.id < other.usage.id ? -1 : 1))
    .slice(0, most);
}
