import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DuplicatePage } from '../../../../../features/deployments/duplicate-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('deploy.duplicate'))('title') };
}

export default async function Page({ params, searchParams }: Props) {
  const [{ id }, { op, draft }] = await Promise.all([params, searchParams]);
  return <DuplicatePage id={id} op={oneOf(op)} draft={oneOf(draft)} />;
}

const oneOf = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);
