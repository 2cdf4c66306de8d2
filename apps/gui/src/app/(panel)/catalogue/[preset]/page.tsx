import type { Metadata } from 'next';
import { cache } from 'react';
import { CatalogueEntry, PresetVersionList } from '@bailiwick/contract';
import { BrokenPreset } from '../../../../features/deployments/broken-preset.tsx';
import { GonePreset } from '../../../../features/presets/gone-preset.tsx';
import { PresetPage } from '../../../../features/presets/preset-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ preset: string }>;
}

const readPreset = cache((name: string) => readCore(`/presets/${name}`, CatalogueEntry));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const entry = await readPreset((await params).preset);
  return entry.ok && entry.value.state === 'ready' ? { title: entry.value.preset.title } : {};
}

export default async function OnePresetPage({ params }: Props) {
  const { preset: name } = await params;
  const entry = await readPreset(name);
  if (!entry.ok) return entry.error.code === 'not_found' ? <GonePreset /> : <Failure error={entry.error} />;
  if (entry.value.state === 'broken') return <BrokenPreset {...entry.value} />;
  const mayEdit = entry.value.rights.can.includes('presets.update');
  const versions = mayEdit ? await readCore(`/presets/${name}/versions`, PresetVersionList) : null;
  if (versions !== null && !versions.ok) return <Failure error={versions.error} />;
  return <PresetPage offer={entry.value} versions={versions?.value.items ?? null} />;
}
