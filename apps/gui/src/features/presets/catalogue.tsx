'use client';

import { LayoutGrid, Plus, Upload } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { CatalogueEntry, DraftSummary } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { formatBytes } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useWhy } from '../containers/why-hook.ts';
import { useMay } from '../identity/me.tsx';
import { BrokenPresets } from './broken-presets.tsx';
import { BesideCatalogue } from './beside-catalogue.tsx';
import {
  brokenIn,
  type CatalogueView,
  categoriesIn,
  findPresets,
  type Offer,
  readCatalogueView,
  writeCatalogueView,
} from './catalogue.rules.ts';
import { Drafts } from './drafts.tsx';
import { ImportPreset } from './import-preset.tsx';
import { PresetBadges } from './preset-badges.tsx';
import { PresetIcon } from './preset-icon.tsx';
import { dropKept } from './preset-kept.ts';

interface Props {
  entries: readonly CatalogueEntry[];
  /** What this person has begun. */
  drafts: readonly DraftSummary[];
}

/** Everything that can be deployed, ready to choose. */
export function Catalogue({ entries, drafts }: Props) {
  const t = useTranslations('catalogue');
  const view = readCatalogueView(Object.fromEntries(useAddressQuery()));
  const presets = findPresets(entries, view);
  const broken = brokenIn(entries);
  const mayCreate = useMay('presets.create');
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={mayCreate && <CatalogueActions />} />
      <Drafts drafts={drafts} />
      <BesideCatalogue />
      {entries.length === 0 ? (
        <EmptyState icon={LayoutGrid} title={t('empty.title')}>
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <>
          <CatalogueFilter entries={entries} view={view} />
          {presets.length === 0 && (
            <EmptyState
              icon={LayoutGrid}
              title={t('empty.filtered')}
              actions={
                <Button asChild>
                  <Link href="/catalogue">{t('clear')}</Link>
                </Button>
              }
            />
          )}
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-3">
            {presets.map((offer) => (
              <PresetCard key={offer.preset.name} offer={offer} />
            ))}
          </ul>
          {broken.length > 0 && <BrokenPresets broken={broken} />}
        </>
      )}
    </>
  );
}

function CatalogueActions() {
  const t = useTranslations('catalogue');
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Button onClick={() => setImporting(true)}>
        <Upload aria-hidden />
        {t('import')}
      </Button>
      <Button asChild look="primary">
        <Link href="/catalogue/new" onClick={dropKept}>
          <Plus aria-hidden />
          {t('new')}
        </Link>
      </Button>
      {importing && <ImportPreset onClose={() => setImporting(false)} />}
    </>
  );
}

function CatalogueFilter({ entries, view }: { entries: readonly CatalogueEntry[]; view: CatalogueView }) {
  const t = useTranslations('catalogue');
  return (
    <form
      action="/catalogue"
      role="search"
      aria-label={t('searchLabel')}
      className="mb-4 flex flex-wrap items-center gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchField
        label={t('searchLabel')}
        placeholder={t('search')}
        value={view.q}
        onSearch={(q) => changeAddress(writeCatalogueView({ ...view, q }))}
      />
      <nav aria-label={t('categories')} className="flex flex-wrap gap-1">
        {[null, ...categoriesIn(entries)].map((category) => (
          <Link
            key={category ?? 'all'}
            href={writeCatalogueView({ ...view, category })}
            scroll={false}
            aria-current={view.category === category ? 'true' : undefined}
            className="inline-flex h-7 items-center rounded-full border border-line px-3 text-xs text-fg-2 hover:bg-surface-2 aria-[current=true]:border-accent aria-[current=true]:bg-accent-subtle aria-[current=true]:text-fg touch:h-11 touch:px-4"
          >
            {category === null ? t('all') : t(`category.${category}`)}
          </Link>
        ))}
      </nav>
    </form>
  );
}

function PresetCard({ offer }: { offer: Offer }) {
  const { preset, rights } = offer;
  const titleId = useId();
  const t = useTranslations('catalogue');
  const locale = useLocale();
  const toSentence = useWhy();
  const mayDeploy = rights.can.includes('containers.create');
  const why = rights.why['containers.create'];
  const { name, title, description, categories, icon, config } = preset;
  return (
    <li
      data-slot="preset-card"
      className="relative flex flex-col gap-2 rounded-lg border border-line bg-surface-1 p-4 has-[a:hover]:border-line-strong"
    >
      <div className="flex items-center gap-3">
        <span className="inline-flex size-9 shrink-0 items-center justify-center rounded-md bg-surface-2 text-fg-2">
          <PresetIcon name={icon} className="size-5" />
        </span>
        <h2 id={titleId} className="min-w-0 text-md font-semibold break-words">
          <Link
            href={mayDeploy ? `/deploy/${name}` : `/catalogue/${name}`}
            className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-focus"
          >
            {title}
          </Link>
        </h2>
      </div>
      <p className="grow text-fg-2">{description}</p>
      <p className="flex flex-wrap gap-1.5">
        {categories.map((category) => (
          <Badge key={category}>{t(`category.${category}`)}</Badge>
        ))}
        <Badge>{formatBytes(config.memoryBytes, locale)}</Badge>
        <PresetBadges offer={offer} />
      </p>
      {!mayDeploy && why && <p className="text-xs text-fg-2">{toSentence(why)}</p>}
      <div className="flex items-center gap-2">
        <code translate="no" className="min-w-0 grow truncate text-xs text-fg-3" title={config.image}>
          {config.image}
        </code>
        {mayDeploy && (
          <Link
            href={`/catalogue/${name}`}
            aria-describedby={titleId}
            className="relative inline-flex min-h-6 items-center text-xs text-accent-text hover:underline touch:min-h-11"
          >
            {t('details')}
          </Link>
        )}
      </div>
    </li>
  );
}
