'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { CatalogueEntry } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { SetupHeading } from '../identity/setup-heading.tsx';
import { addressAfter } from '../identity/setup-steps.rules.ts';
import { deployableIn } from './catalogue.rules.ts';
import { PresetIcon } from './preset-icon.tsx';

const SHOWN = 3;

/** A first container, from the catalogue; or none yet. */
export function SetupStart({ entries }: { entries: readonly CatalogueEntry[] }) {
  const t = useTranslations('setup.start');
  const all = deployableIn(entries);
  // A web server is the quickest to be seen.
  const web = all.filter(({ categories }) => categories.includes('web'));
  const shown = [...new Set([...web, ...all])].slice(0, SHOWN);
  return (
    <>
      <SetupHeading>{t('title')}</SetupHeading>
      <p className="mt-1 mb-4 text-fg-2">{t(shown.length > 0 ? 'description' : 'none')}</p>
      <ul className="flex flex-col gap-2">
        {shown.map(({ name, title, description, icon }) => (
          <li key={name}>
            <Link
              href={`/deploy/${name}`}
              className="flex items-center gap-3 rounded-lg border border-line-strong p-3 hover:bg-surface-2"
            >
              <PresetIcon name={icon} className="size-5 shrink-0 text-accent-text" />
              <span className="min-w-0 grow">
                <span className="block font-medium break-words">{title}</span>
                <span className="block text-xs break-words text-fg-2">{description}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-fg-3 rtl:rotate-180" />
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button asChild look="primary">
          <Link href={addressAfter('start')}>{t(shown.length > 0 ? 'later' : 'next')}</Link>
        </Button>
        {shown.length > 0 && (
          <Button asChild look="ghost">
            <Link href="/catalogue">{t('all', { count: all.length })}</Link>
          </Button>
        )}
      </div>
    </>
  );
}
