'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Capability } from '@bailiwick/contract';
import { Popover, PopoverAnchor, PopoverContent } from '../../ui/popover.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import type { HolderRow, MatrixRow, RoleRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { useCapabilityWords } from './capability-words.ts';
import { Explain } from './explain.tsx';
import { GrantSource } from './grant-source.tsx';

export interface Explaining {
  readonly row: MatrixRow;
  readonly capability: Capability;
  readonly anchor: HTMLElement;
}

/** Why a cell says what it says, beside it. */
export function CellExplain({
  asked,
  resource,
  onClose,
}: {
  asked: Explaining;
  resource: string;
  onClose: () => void;
}) {
  const t = useTranslations('access.explain');
  const words = useAccessWords();
  const { name } = useCapabilityWords();
  const { row, capability, anchor } = asked;
  const anchorRef = useMemo(() => ({ current: anchor }), [anchor]);
  return (
    <Popover open onOpenChange={(open) => !open && onClose()}>
      <PopoverAnchor virtualRef={anchorRef} />
      <PopoverContent
        aria-label={t('label', { what: `${words.rowName(row)}, ${name(capability)}` })}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          anchor.focus();
        }}
      >
        {row.kind === 'role' ? (
          <OfRole row={row} capability={capability} />
        ) : row.principal.kind === 'team' ? (
          <OfTeam row={row} capability={capability} />
        ) : (
          <Explain principal={row.principal.id} resource={resource} capability={capability} onDone={onClose} />
        )}
      </PopoverContent>
    </Popover>
  );
}

/** Rules decide about people; of a team its grants are shown, which everybody in it has alike. */
function OfTeam({ row, capability }: { row: HolderRow; capability: Capability }) {
  const t = useTranslations('access.explain');
  return (
    <div data-slot="explain" className="flex flex-col gap-2">
      <Headline row={row} capability={capability} />
      <p className="text-fg-2">{t('ofTeam')}</p>
      {[...(row.own ? [row.own] : []), ...row.inherited].map((grant) => (
        <GrantSource key={grant.id} grant={grant} />
      ))}
    </div>
  );
}

function OfRole({ row, capability }: { row: RoleRow; capability: Capability }) {
  const t = useTranslations('access.explain');
  const words = useAccessWords();
  return (
    <div data-slot="explain" className="flex flex-col gap-2">
      <Headline row={row} capability={capability} />
      <p className="text-fg-2">{t('ofRole')}</p>
      {row.own && (
        <p className="border-s-2 border-line-strong ps-2 text-xs text-fg-2">
          {t.rich('setBy', { by: row.own.updatedBy.name, at: () => <TimeAgo at={row.own?.updatedAt ?? ''} /> })}
          <span className="block">{words.exceptions(row.own).join(', ')}</span>
        </p>
      )}
    </div>
  );
}

function Headline({ row, capability }: { row: MatrixRow; capability: Capability }) {
  const words = useAccessWords();
  const cell = row.cells.get(capability);
  return cell ? <h2 className="text-lg font-semibold text-balance">{words.cell(row, cell)}</h2> : null;
}
