import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TerminalList } from '@bailiwick/contract';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { ShellLoader } from '../../../../../features/terminals/shell-loader.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('shell')}` } : {};
}

export default async function ContainerShellPage({ params }: Props) {
  const container = await readContainer((await params).id);
  if (!container.ok) return null;
  const { id, name, rights, state } = container.value;
  const open = await readCore(`/containers/${id}/terminals`, TerminalList);
  if (!open.ok) return <Failure level="part" error={open.error} />;
  return <ShellLoader container={{ id, name, rights, state }} open={open.value.items} />;
}
