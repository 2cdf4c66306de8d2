import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ImageDeployPage } from '../../../../features/deployments/image-deploy-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('deploy.paste'))('title') };
}

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { op, draft } = await searchParams;
  return <ImageDeployPage start="paste" op={oneOf(op)} draft={oneOf(draft)} />;
}

const oneOf = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);
