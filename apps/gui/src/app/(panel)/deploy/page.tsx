import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { draftAddress } from '../../../features/deployments/draft-address.ts';
import { GoneDraft } from '../../../features/deployments/gone-draft.tsx';
import { readDraft } from '../../../features/deployments/read-draft.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('deploy'))('deploy') };
}

/** The address a draft is handed on by: it leads to where that is gone on with. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { draft: id } = await searchParams;
  if (typeof id !== 'string') redirect('/catalogue');
  const draft = await readDraft(id);
  if (draft === null) return <GoneDraft />;
  redirect(draftAddress(draft));
}
