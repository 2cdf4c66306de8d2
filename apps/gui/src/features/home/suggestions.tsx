'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { CatalogueEntry } from '@bailiwick/contract';
import { deployableIn } from '../presets/catalogue.rules.ts';
import { PresetIcon } from '../presets/preset-icon.tsx';
import { HomeSection } from './home-section.tsx';

const SHOWN = 3;

/** A few things that can be had from the catalogue. */
export function Suggestions({ entries }: { entries: readonly CatalogueEntry[] }) {
  const t = useTranslations('home');
  const shown = deployableIn(entries).slice(0, SHOWN);
  if (shown.length === 0) return null;
  return (
    <HomeSection
      title={t('catalogue')}
      more={
        <Link href="/catalogue" className="inline-flex min-h-6 items-center text-accent-text hover:underline">
          {t('wholeCatalogue')}
        </Link>
      }
    >
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-3">
        {shown.map(({ name, title, description, icon }) => (
          <li key={name}>
            <Link
              href={`/deploy/${name}`}
              className="flex h-full items-start gap-3 rounded-lg border border-line-strong bg-surface-1 p-3 hover:bg-surface-2"
            >
              <PresetIcon name={icon} className="mt-0.5 size-5 shrink-0 text-accent-text" />
              <span className="min-w-0">
                <span className="block font-medium break-words">{title}</span>
                <span className="block text-xs break-words text-fg-2">{description}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </HomeSection>
  );
}
