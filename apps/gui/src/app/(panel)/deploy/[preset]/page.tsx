import type { Metadata } from 'next';
import { cache } from 'react';
import { CatalogueEntry, ContainerList, Operation } from '@bailiwick/contract';
import { getTranslations } from 'next-intl/server';
import { BrokenPreset } from '../../../../features/deployments/broken-preset.tsx';
import { ShutPreset } from '../../../../features/deployments/shut-preset.tsx';
import { DeployWizard } from '../../../../features/deployments/deploy-wizard.tsx';
import { readDraft } from '../../../../features/deployments/read-draft.ts';
import { readProjects } from '../../../../features/projects/read-project.ts';
import { Failure } from '../../../../features/shell/failure.tsx';
import { projectsFor } from '../../../../features/deployments/deploy-form.rules.ts';
import { readCore, readMe } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ preset: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const readPreset = cache((name: string) => readCore(`/presets/${encodeURIComponent(name)}`, CatalogueEntry));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, entry] = await Promise.all([getTranslations('deploy'), params.then(({ preset }) => readPreset(preset))]);
  return entry.ok && entry.value.state === 'ready' ? { title: t('title', { title: entry.value.preset.title }) } : {};
}

export default async function DeployPage({ params, searchParams }: Props) {
  const [{ preset: name }, { op, draft: id }] = await Promise.all([params, searchParams]);
  const [entry, containers, operation, projects, me, draft] = await Promise.all([
    readPreset(name),
    readCore(`/containers?q=${encodeURIComponent(name)}`, ContainerList),
    typeof op === 'string' ? readCore(`/operations/${encodeURIComponent(op)}`, Operation) : null,
    readProjects('active'),
    readMe(),
    readDraft(typeof id === 'string' ? id : undefined),
  ]);
  if (!entry.ok) return <Failure error={entry.error} />;
  if (entry.value.state === 'broken') return <BrokenPreset {...entry.value} />;
  const { preset, rights } = entry.value;
  if (!rights.can.includes('containers.create'))
    return <ShutPreset preset={preset} why={rights.why['containers.create']} />;
  return (
    <DeployWizard
      preset={preset}
      takenNames={containers.ok ? containers.value.items.map((container) => container.name) : []}
      projects={projects.ok && me.ok ? projectsFor(projects.value.items, me.value.tenant.id) : []}
      draft={draft?.preset === name ? draft : null}
      operation={operation?.ok === true ? operation.value : null}
    />
  );
}
