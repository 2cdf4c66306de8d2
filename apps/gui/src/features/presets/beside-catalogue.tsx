'use client';

import { ClipboardPaste, Container } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMayAnywhere } from '../identity/me.tsx';

const WAYS = [
  { name: 'image', icon: Container },
  { name: 'paste', icon: ClipboardPaste },
] as const;

/** What is in no catalogue, for who may deploy it. */
export function BesideCatalogue() {
  const t = useTranslations('catalogue.beside');
  if (!useMayAnywhere('containers.createAny')) return null;
  return (
    <section aria-label={t('label')} className="mb-4">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-3">
        {WAYS.map(({ name, icon: Icon }) => (
          <li
            key={name}
            className="relative flex flex-col gap-2 rounded-lg border border-dashed border-line bg-surface-1 p-4 has-[a:hover]:border-line-strong"
          >
            <div className="flex items-center gap-3">
              <span className="inline-flex size-9 shrink-0 items-center justify-center rounded-md bg-surface-2 text-fg-2">
                <Icon aria-hidden className="size-5" />
              </span>
              <h2 className="min-w-0 text-md font-semibold break-words">
                <Link
                  href={`/deploy/${name}`}
                  className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-focus"
                >
                  {t(`${name}.title`)}
                </Link>
              </h2>
            </div>
            <p className="text-fg-2">{t(`${name}.text`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
