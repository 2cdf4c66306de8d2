'use client';

import { ChevronsLeftRight, ChevronsRightLeft, UserPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { FILTERS, type MatrixView } from './access-matrix.rules.ts';

interface Props {
  view: MatrixView;
  shown: number;
  total: number;
  allOpen: boolean;
  mayGive: boolean;
  onShow: (view: MatrixView, how?: 'replace' | 'push') => void;
  onToggleAll: () => void;
  onGive: () => void;
}

/** Finds rows, opens all columns, and begins to give something to somebody. */
export function AccessToolbar({ view, shown, total, allOpen, mayGive, onShow, onToggleAll, onGive }: Props) {
  const t = useTranslations('access');
  const Icon = allOpen ? ChevronsRightLeft : ChevronsLeftRight;
  return (
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField
        label={t('toolbar.search')}
        placeholder={t('toolbar.search')}
        value={view.q}
        onSearch={(q) => onShow({ ...view, q })}
      />
      <label className="inline-flex items-center gap-2">
        <span className="sr-only">{t('toolbar.show')}</span>
        <Select
          className="w-auto"
          value={view.show}
          onChange={({ target }) =>
            onShow({ ...view, show: FILTERS.find((each) => each === target.value) ?? 'all' }, 'push')
          }
        >
          {FILTERS.map((filter) => (
            <option key={filter} value={filter}>
              {t(`filter.${filter}`)}
            </option>
          ))}
        </Select>
      </label>
      <p role="status" className="text-xs text-fg-2">
        {t('toolbar.shown', { count: shown, total })}
      </p>
      <div className="ms-auto flex flex-wrap gap-2">
        <Button className="max-md:hidden" aria-pressed={allOpen} onClick={onToggleAll}>
          <Icon aria-hidden />
          {t(allOpen ? 'toolbar.closeAll' : 'toolbar.openAll')}
        </Button>
        {mayGive && (
          <Button look="primary" onClick={onGive}>
            <UserPlus aria-hidden />
            {t('toolbar.give')}
          </Button>
        )}
      </div>
    </div>
  );
}
