'use client';

import { useTranslations } from 'next-intl';
import { Undo2, X } from 'lucide-react';
import type { GrantableRole } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import type { AccessAction } from './access-edit.rules.ts';
import type { HolderRow, MatrixRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { ExpirySelect } from './expiry-select.tsx';
import { RoleSelect } from './role-select.tsx';

/** Where a control stands in a grid; nothing in a card. */
export interface Placed {
  'data-row'?: string;
  'data-col'?: string;
  tabIndex?: number;
}
interface Props {
  row: HolderRow;
  act: (action: AccessAction) => void;
  place?: Placed;
}

export const carriesOf = ({ facts }: HolderRow): string | null => (facts?.kind === 'user' ? facts.carries : null);

/** The fast path: a whole role at once; below it, in words, what is another way than the role. */
export function RowRole({ row, act, roles, place }: Props & { roles: readonly GrantableRole[] }) {
  const t = useTranslations('access.grid');
  const words = useAccessWords();
  const exceptions = row.given ? [...words.exceptions(row.given), ...words.lent(row.own?.lent)] : [];
  return (
    <div className="min-w-36">
      <RoleSelect
        aria-label={t('rowRole', { name: row.name })}
        roles={roles}
        role={row.given?.role ?? (row.given ? null : undefined)}
        carries={carriesOf(row)}
        onRole={(role) => act({ type: 'role', holder: row, role })}
        className="h-7 touch:h-11"
        {...place}
      />
      {exceptions.length > 0 && (
        <p data-slot="row-exceptions" className="mt-0.5 max-w-56 text-xs break-words text-fg-2">
          {exceptions.join(', ')}
        </p>
      )}
    </div>
  );
}

export function RowExpiry({ row, act, place }: Props) {
  const t = useTranslations('access.grid');
  if (row.given === null) return null;
  return (
    <ExpirySelect
      name={row.name}
      aria-label={t('rowUntil', { name: row.name })}
      expiresAt={row.given.expiresAt}
      onExpiry={(expiresAt) => act({ type: 'expiry', holder: row, expiresAt })}
      className="h-7 min-w-28 touch:h-11"
      {...place}
    />
  );
}

/** Takes everything back that was given here; where something is not saved, undoes that first. */
export function RowEnd({ row, act, place }: Omit<Props, 'row'> & { row: MatrixRow }) {
  const t = useTranslations('access.grid');
  const words = useAccessWords();
  const name = words.rowName(row);
  const common = { look: 'ghost', size: 'icon', className: 'size-7 touch:size-11' } as const;
  if (row.stage !== 'saved') {
    const label = t('restore', { name });
    return (
      <Button
        {...common}
        title={label}
        aria-label={label}
        onClick={() => act({ type: 'restore', key: row.key })}
        {...place}
      >
        <Undo2 aria-hidden />
      </Button>
    );
  }
  if (row.kind === 'role' || row.own === null) return null;
  const label = t('remove', { name });
  return (
    <Button
      {...common}
      title={label}
      aria-label={label}
      onClick={() => act({ type: 'revoke', holder: row })}
      {...place}
    >
      <X aria-hidden />
    </Button>
  );
}
