import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SilenceList } from '@bailiwick/contract';
import { Failure } from '../../../../features/shell/failure.tsx';
import { SilencesPage } from '../../../../features/silences/silences-page.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('silences'))('title') };
}

export default async function SilencesListPage() {
  const silences = await readCore('/silences', SilenceList);
  if (!silences.ok) return <Failure error={silences.error} />;
  return <SilencesPage initial={silences.value} />;
}
