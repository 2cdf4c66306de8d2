'use client';

import { ChevronDown, CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Capability, CapabilityGroup } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { CellButton, signOf } from './access-cell.tsx';
import type { MatrixProps } from './access-grid.tsx';
import { COLUMNS, groupState, type MatrixRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { useCapabilityWords } from './capability-words.ts';
import { RowEnd, RowExpiry, RowRole } from './row-controls.tsx';
import { HolderFacts, StageBadge } from './row-facts.tsx';
import { type CellActions, useCellActions } from './use-cell-actions.ts';

/** The matrix on a small screen: one card for each person, team and role, a fold for each group. */
export function AccessCards({ name, holders, tags, roles, act, onExplain }: MatrixProps) {
  const t = useTranslations('access.grid');
  const words = useAccessWords();
  const actions = useCellActions(act);
  const shared = { actions, act, onExplain };
  return (
    <div data-slot="access-cards" className="flex flex-col gap-6">
      <ul className="flex flex-col gap-3">
        {holders.map((row) => (
          <Card key={row.key} row={row} {...shared}>
            <HolderFacts row={row} />
            <div className="mt-2 grid grid-cols-2 gap-2">
              <RowRole row={row} roles={roles} act={act} />
              <RowExpiry row={row} act={act} />
            </div>
          </Card>
        ))}
      </ul>
      <section>
        <h2 className="font-medium">{t('roles')}</h2>
        <p className="mb-2 text-xs text-fg-2">{t('rolesText', { name })}</p>
        <ul className="flex flex-col gap-3">
          {tags.map((row) => (
            <Card key={row.key} row={row} {...shared}>
              <p className="flex items-center gap-2 font-medium">
                {words.role(row.role)}
                <StageBadge stage={row.stage} />
              </p>
              <p className="text-xs text-fg-2">{words.exceptions(row.exceptions).join(', ')}</p>
            </Card>
          ))}
        </ul>
      </section>
    </div>
  );
}

interface CardProps extends Pick<MatrixProps, 'act' | 'onExplain'> {
  row: MatrixRow;
  actions: CellActions;
  children: React.ReactNode;
}

function Card({ row, actions, act, onExplain, children }: CardProps) {
  const [open, setOpen] = useState<CapabilityGroup | null>(null);
  return (
    <li
      data-slot="access-card"
      data-stage={row.stage}
      className={cn('rounded-lg border bg-surface-1', row.stage === 'saved' ? 'border-line' : 'border-accent')}
    >
      <div className="flex items-start gap-2 p-3">
        <div className="min-w-0 grow">{children}</div>
        <RowEnd row={row} act={act} />
      </div>
      {COLUMNS.map(({ group, capabilities }) => (
        <Fold
          key={group}
          row={row}
          group={group}
          capabilities={capabilities}
          open={open === group}
          onOpen={() => setOpen(open === group ? null : group)}
        >
          {capabilities.map((capability) => (
            <Right key={capability} row={row} capability={capability} actions={actions} onExplain={onExplain} />
          ))}
        </Fold>
      ))}
    </li>
  );
}

interface FoldProps {
  row: MatrixRow;
  group: CapabilityGroup;
  capabilities: readonly Capability[];
  open: boolean;
  onOpen: () => void;
  children: React.ReactNode;
}

function Fold({ row, group, capabilities, open, onOpen, children }: FoldProps) {
  const t = useTranslations('access.cell');
  const words = useCapabilityWords();
  const { allowed, of, changed } = groupState(row, capabilities);
  return (
    <div className="border-t border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={onOpen}
        className="flex min-h-11 w-full items-center gap-2 px-3 text-start hover:bg-surface-2"
      >
        <span className="grow">{words.group(group)}</span>
        {changed && <span className="size-2 rounded-full bg-accent" title={t('notSaved')} />}
        <span className="text-xs text-fg-2 tabular-nums">{t('count', { allowed, of })}</span>
        <ChevronDown aria-hidden className={cn('size-4 text-fg-3', open && 'rotate-180')} />
      </button>
      {open && <ul className="pb-1">{children}</ul>}
    </div>
  );
}

function Right({
  row,
  capability,
  actions,
  onExplain,
}: Pick<CardProps, 'row' | 'actions' | 'onExplain'> & { capability: Capability }) {
  const t = useTranslations('access');
  const words = useAccessWords();
  const capabilityWords = useCapabilityWords();
  const cell = row.cells.get(capability);
  if (!cell) return null;
  const label = words.cell(row, cell);
  return (
    <li className="flex min-h-11 items-center gap-2 px-3">
      <CellButton
        sign={signOf(cell)}
        changed={cell.changed}
        locked={cell.locked}
        aria-label={cell.locked ? `${label}. ${actions.lockedLabel(capability)}` : label}
        onClick={() => actions.press(row, cell)}
        className="size-11"
      />
      <span className="min-w-0 grow">
        <span className="block">{capabilityWords.name(capability)}</span>
        <span className="block text-xs text-fg-2">{words.state(cell)}</span>
      </span>
      <button
        type="button"
        aria-label={t('explain.label', { what: `${words.rowName(row)}, ${capabilityWords.name(capability)}` })}
        onClick={(event) => onExplain(row, capability, event.currentTarget)}
        className="inline-flex size-11 items-center justify-center rounded-md text-fg-3 hover:bg-surface-2 hover:text-fg"
      >
        <CircleHelp aria-hidden className="size-4" />
      </button>
    </li>
  );
}
