import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CommandChoice } from '@bailiwick/contract';
import { CommandsPage } from '../../../../../features/commands/commands-page.tsx';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('run')}` } : {};
}

export default async function ContainerCommandsPage({ params }: Props) {
  const container = await readContainer((await params).id);
  if (!container.ok) return null;
  const { id, name, state } = container.value;
  const choice = await readCore(`/containers/${id}/commands`, CommandChoice);
  if (!choice.ok) return <Failure level="part" error={choice.error} />;
  return <CommandsPage container={{ id, name, state }} choice={choice.value} />;
}
