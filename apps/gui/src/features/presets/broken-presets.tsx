'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import type { BrokenEntry } from './catalogue.rules.ts';
import { DeletePreset } from './delete-preset.tsx';

/** What cannot be offered, with the reason, and for who may: the way to mend it. */
export function BrokenPresets({ broken }: { broken: readonly BrokenEntry[] }) {
  const t = useTranslations('catalogue.broken');
  const [deleted, setDeleted] = useState<BrokenEntry | null>(null);
  return (
    <section aria-label={t('title')} className="mt-6 rounded-lg border border-line bg-surface-1 p-4">
      <h2 className="flex items-center gap-2 text-md font-semibold">
        <TriangleAlert aria-hidden className="size-4 text-warning" />
        {t('title')}
      </h2>
      <p className="mt-1 text-fg-2">{t('text')}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {broken.map((entry) => (
          <li key={entry.file} className="flex flex-wrap items-center gap-2">
            <div className="min-w-0 grow basis-60">
              <p id={`broken-${entry.file}`} translate="no" className="font-mono text-xs">
                {entry.file}
              </p>
              <p className="text-xs break-words text-fg-2">{entry.reason}</p>
            </div>
            {entry.rights.can.includes('presets.update') && entry.digest !== null && (
              <Button asChild>
                <Link
                  href={`/catalogue/${encodeURIComponent(nameOf(entry))}/edit`}
                  aria-describedby={`broken-${entry.file}`}
                >
                  {t('mend')}
                </Link>
              </Button>
            )}
            {entry.rights.can.includes('presets.delete') && entry.digest !== null && (
              <Button aria-describedby={`broken-${entry.file}`} onClick={() => setDeleted(entry)}>
                {t('delete')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {deleted !== null && (
        <DeletePreset
          name={nameOf(deleted)}
          title={deleted.file}
          version={deleted.digest ?? ''}
          onClose={() => setDeleted(null)}
        />
      )}
    </section>
  );
}

const nameOf = ({ file }: BrokenEntry): string => file.replace(/\.json$/, '');
