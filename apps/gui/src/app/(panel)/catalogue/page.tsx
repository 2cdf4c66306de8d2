import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CatalogueList, DraftList } from '@bailiwick/contract';
import { Catalogue } from '../../../features/presets/catalogue.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('catalogue'))('title') };
}

export default async function CataloguePage() {
  const [presets, drafts] = await Promise.all([readCore('/presets', CatalogueList), readCore('/me/drafts', DraftList)]);
  if (!presets.ok) return <Failure error={presets.error} />;
  return <Catalogue entries={presets.value.items} drafts={drafts.ok ? drafts.value.items : []} />;
}
