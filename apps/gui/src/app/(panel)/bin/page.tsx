import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BinList } from '@bailiwick/contract';
import { BinPage } from '../../../features/bin/bin-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('bin'))('title') };
}

export default async function BinListPage() {
  const bin = await readCore('/bin', BinList);
  return bin.ok ? <BinPage initial={bin.value} /> : <Failure error={bin.error} />;
}
