'use client';

import { CircleHelp, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Capability, CapabilityGroup } from '@bailiwick/contract';
import { CAPABILITIES } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { isAllowed, type MatrixRow } from './access-matrix.rules.ts';
import { AccessLegend } from './access-legend.tsx';
import { useAccessWords } from './access-words.ts';
import { useCapabilityWords } from './capability-words.ts';
import type { CellRange } from './cell-range.rules.ts';
import type { Column } from './matrix-columns.ts';
import { useCellActions } from './use-cell-actions.ts';

interface Props {
  row: MatrixRow | undefined;
  column: Column | undefined;
  range: CellRange | null;
  onOpen: (group: CapabilityGroup, button: HTMLElement) => void;
  onExplain: (capability: Capability, anchor: HTMLElement) => void;
}

/** What the chosen cell is about, in words; what the signs mean, while none is chosen. */
export function CellInspector({ row, column, range, onOpen, onExplain }: Props) {
  return (
    <div data-slot="cell-inspector" className="flex min-h-14 items-center gap-3 border-t border-line px-3 py-2">
      {range ? (
        <RangeWords range={range} />
      ) : !row || !column ? (
        <AccessLegend />
      ) : column.capability === null ? (
        <GroupWords row={row} group={column.group} onOpen={onOpen} />
      ) : (
        <RightWords row={row} capability={column.capability} onExplain={onExplain} />
      )}
    </div>
  );
}

function RangeWords({ range: { rows, cols } }: { range: CellRange }) {
  const t = useTranslations('access.range');
  return (
    <div className="min-w-0 grow">
      <p className="font-medium">{t('chosen', { rows: rows.length, columns: cols.length })}</p>
      <p className="text-xs text-fg-2">{t('keys')}</p>
    </div>
  );
}

function GroupWords({ row, group, onOpen }: { row: MatrixRow; group: CapabilityGroup; onOpen: Props['onOpen'] }) {
  const t = useTranslations('access.grid');
  const words = useCapabilityWords();
  const actions = useCellActions(() => undefined);
  return (
    <>
      <p className="min-w-0 grow">{actions.groupLabel(row, group)}</p>
      <Button size="small" onClick={({ currentTarget }) => onOpen(group, currentTarget)}>
        {t('open', { group: words.group(group) })}
      </Button>
    </>
  );
}

function RightWords({
  row,
  capability,
  onExplain,
}: {
  row: MatrixRow;
  capability: Capability;
  onExplain: Props['onExplain'];
}) {
  const t = useTranslations('access.cell');
  const words = useAccessWords();
  const capabilityWords = useCapabilityWords();
  const cell = row.cells.get(capability);
  if (!cell) return null;
  const caution = capabilityWords.caution(capability);
  return (
    <>
      <div className="min-w-0 grow">
        <p className="font-medium">{words.cell(row, cell)}</p>
        <p className="text-xs text-fg-2">
          {cell.locked
            ? t('locked', { what: capabilityWords.name(capability) })
            : `${capabilityWords.sentence(capability)} ${t('risk', { risk: capabilityWords.risk(CAPABILITIES[capability].risk) })}`}
          {caution !== null && !cell.locked && (
            <span className="ms-2 inline-flex items-center gap-1 text-warning">
              <TriangleAlert aria-hidden className="size-3" />
              {caution}
            </span>
          )}
        </p>
      </div>
      <Button
        size="small"
        data-allowed={isAllowed(cell.state)}
        onClick={(event) => onExplain(capability, event.currentTarget)}
      >
        <CircleHelp aria-hidden />
        {t('why')}
        <Kbd keys="?" />
      </Button>
    </>
  );
}
