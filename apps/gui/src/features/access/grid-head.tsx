'use client';

import { ChevronsLeftRight, ChevronsRightLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Capability, CapabilityGroup } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import type { AccessAction } from './access-edit.rules.ts';
import { COLUMNS, type HolderRow } from './access-matrix.rules.ts';
import { useCapabilityWords } from './capability-words.ts';
import { ColumnMenu } from './column-menu.tsx';
import type { Column } from './matrix-columns.ts';
import { type GridKeys, HEAD_ROW } from './use-grid-keys.ts';

interface Props {
  open: ReadonlySet<CapabilityGroup>;
  columns: readonly Column[];
  onToggle: (group: CapabilityGroup) => void;
  /** What is done to a whole column is done to these. */
  shown: readonly HolderRow[];
  keys: GridKeys;
  act: (action: AccessAction) => void;
}

const HEAD = 'bg-surface-2 px-2 py-1.5 text-start align-bottom font-medium';

/** The groups, each of which opens to its rights, written upright so that many fit. */
export function GridHead({ open, columns, onToggle, ...menu }: Props) {
  const t = useTranslations('access.grid');
  const words = useCapabilityWords();
  const anyOpen = open.size > 0;
  const span = anyOpen ? 2 : 1;
  return (
    <thead className="sticky top-0 z-20 text-xs text-fg-2">
      <tr role="row" aria-rowindex={1}>
        <th role="columnheader" scope="col" rowSpan={span} className={cn(HEAD, 'sticky start-0 z-10 px-3')}>
          {t('principal')}
        </th>
        <th role="columnheader" scope="col" rowSpan={span} className={HEAD}>
          {t('roleColumn')}
        </th>
        <th role="columnheader" scope="col" rowSpan={span} className={HEAD}>
          {t('until')}
        </th>
        {COLUMNS.map(({ group, capabilities }) => {
          const isOpen = open.has(group);
          return (
            <th
              key={group}
              role="columnheader"
              scope={isOpen ? 'colgroup' : 'col'}
              {...(isOpen ? { colSpan: capabilities.length } : { rowSpan: span })}
              className={cn(HEAD, 'border-s border-line px-0.5 text-center')}
            >
              <span className="inline-flex items-center">
                <GroupToggle group={group} isOpen={isOpen} onToggle={onToggle} />
                {!isOpen && (
                  <HeadMenu what={words.group(group)} col={`group:${group}`} capabilities={capabilities} {...menu} />
                )}
              </span>
            </th>
          );
        })}
        <th role="columnheader" scope="col" rowSpan={span} className={cn(HEAD, 'w-10')}>
          <span className="sr-only">{t('changed')}</span>
        </th>
      </tr>
      {anyOpen && (
        <tr role="row" aria-rowindex={2}>
          {columns.map((column) =>
            column.capability === null ? null : <RightHead key={column.key} column={column} {...menu} />,
          )}
        </tr>
      )}
    </thead>
  );
}

type MenuProps = Pick<Props, 'shown' | 'keys' | 'act'>;

/** Nothing where nobody is shown. */
function HeadMenu({
  what,
  col,
  capabilities,
  shown,
  keys,
  act,
}: MenuProps & { what: string; col: Column['key']; capabilities: readonly Capability[] }) {
  if (shown.length === 0) return null;
  return <ColumnMenu what={what} capabilities={capabilities} shown={shown} act={act} place={keys.at(HEAD_ROW, col)} />;
}

function GroupToggle({
  group,
  isOpen,
  onToggle,
}: {
  group: CapabilityGroup;
  isOpen: boolean;
  onToggle: Props['onToggle'];
}) {
  const t = useTranslations('access.grid');
  const words = useCapabilityWords();
  const Icon = isOpen ? ChevronsRightLeft : ChevronsLeftRight;
  const label = t(isOpen ? 'close' : 'open', { group: words.group(group) });
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={label}
      title={label}
      onClick={() => onToggle(group)}
      className="inline-flex min-h-6 items-center gap-1 rounded-sm px-1 font-medium whitespace-nowrap hover:bg-surface-3 hover:text-fg touch:min-h-11"
    >
      {words.group(group)}
      <Icon aria-hidden className="size-3 shrink-0" />
    </button>
  );
}

function RightHead({ column, ...menu }: MenuProps & { column: Extract<Column, { capability: string }> }) {
  const words = useCapabilityWords();
  return (
    <th
      role="columnheader"
      scope="col"
      title={words.sentence(column.capability)}
      className={cn('h-40 bg-surface-2 px-1 pb-1.5 align-bottom font-normal', column.starts && 'border-s border-line')}
    >
      <span className="inline-flex flex-col items-center gap-1">
        <span className="rotate-180 text-start whitespace-nowrap [writing-mode:vertical-rl]">
          {words.name(column.capability)}
        </span>
        <HeadMenu what={words.name(column.capability)} col={column.key} capabilities={[column.capability]} {...menu} />
      </span>
    </th>
  );
}
