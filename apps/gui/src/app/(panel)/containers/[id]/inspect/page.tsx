import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import * as z from 'zod';
import { ContainerInspect } from '../../../../../features/container-page/container-inspect.tsx';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

/** The engine's own words have no shape of ours. */
const Anything = z.record(z.string(), z.unknown());

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('inspect')}` } : {};
}

export default async function ContainerInspectPage({ params }: { params: Promise<{ id: string }> }) {
  const container = await readContainer((await params).id);
  if (!container.ok) return null;
  const description = await readCore(`/containers/${container.value.id}/inspect`, Anything);
  if (!description.ok) return <Failure level="part" error={description.error} />;
  return <ContainerInspect description={description.value} />;
}
