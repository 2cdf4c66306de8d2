'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import type { DeleteInventory } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TypedName } from '../../ui/typed-name.tsx';

interface Props {
  inventory: Pick<DeleteInventory, 'container' | 'data'>;
  /** The typed name; null while the data is to stay. */
  typed: string | null;
  onType: (typed: string | null) => void;
}

/** The data stays unless somebody chooses otherwise and types the name of what it belongs to. */
export function DeleteData({ inventory: { container, data }, typed, onType }: Props) {
  const t = useTranslations('containers.delete');
  const locale = useLocale();
  const hintId = useId();
  if (data.volumes.length === 0) return null;
  const names = data.volumes.map(({ name, sizeBytes }) =>
    sizeBytes === null ? name : t('sizeOf', { name, size: formatBytes(sizeBytes, locale) }),
  );
  return (
    <section aria-label={t('data')} className="mt-3 flex flex-col gap-3 rounded-md bg-inset px-3 py-2">
      <label className="flex items-start gap-2">
        <Checkbox
          className="mt-0.5"
          aria-describedby={hintId}
          checked={typed !== null}
          disabled={!data.deletable}
          onChange={({ target }) => onType(target.checked ? '' : null)}
        />
        <span className="min-w-0">
          <span className="font-medium">{t('deleteData')}</span>
          <span id={hintId} className="block text-xs break-words text-fg-2">
            {t('deleteDataHint', { count: names.length, names: names.join('; ') })}{' '}
            {t(data.deletable ? 'dataKept' : 'dataNotYours')}
          </span>
        </span>
      </label>
      {typed !== null && <TypedName label={t('type', { name: container.name })} value={typed} onChange={onType} />}
    </section>
  );
}
