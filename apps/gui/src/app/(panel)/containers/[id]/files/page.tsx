import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { FilesPage } from '../../../../../features/files/files-page.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('files')}` } : {};
}

export default async function ContainerFilesPage({ params }: Props) {
  const container = await readContainer((await params).id);
  if (!container.ok) return null;
  const { id, name, rights, state } = container.value;
  return <FilesPage container={{ id, name, rights, state }} />;
}
