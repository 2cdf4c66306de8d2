'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import type { AccessAction } from './access-edit.rules.ts';
import type { MatrixRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { carriesOf } from './row-controls.tsx';

/** Rows that somebody else changed while they were changed here: what stands there now, and whose wins. */
export function ConflictNotice({ rows, act }: { rows: readonly MatrixRow[]; act: (action: AccessAction) => void }) {
  const t = useTranslations('access.conflict');
  const conflicts = rows.filter(({ conflict }) => conflict);
  const say = useSaying();
  if (conflicts.length === 0) return null;
  return (
    <Banner tone="warning" title={t('title')} className="mb-3">
      <p>{t('text')}</p>
      <ul className="mt-2 flex flex-col gap-2">
        {conflicts.map((row) => (
          <li key={row.key} className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 grow basis-64 text-fg">{say(row)}</span>
            <Button size="small" onClick={() => act({ type: 'keep', key: row.key })}>
              {t('keep')}
            </Button>
            <Button size="small" onClick={() => act({ type: 'restore', key: row.key })}>
              {t('theirs')}
            </Button>
          </li>
        ))}
      </ul>
    </Banner>
  );
}

function useSaying(): (row: MatrixRow) => string {
  const t = useTranslations('access.conflict');
  const words = useAccessWords();
  return (row) => {
    if (row.kind === 'role') {
      const what = row.own ? words.exceptions(row.own).join(', ') : t('asRole');
      return t('role', { name: words.role(row.role), what });
    }
    if (row.own === null) return t('gone', { name: row.name });
    return t('now', { name: row.name, what: words.given(row.own, carriesOf(row)) });
  };
}
