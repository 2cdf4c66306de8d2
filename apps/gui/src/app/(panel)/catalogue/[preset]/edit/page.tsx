import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { CatalogueEntry } from '@bailiwick/contract';
import { GonePreset } from '../../../../../features/presets/gone-preset.tsx';
import { toText } from '../../../../../features/presets/preset-draft.rules.ts';
import { PresetEditor } from '../../../../../features/presets/preset-editor.tsx';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ preset: string }>;
}

const readPreset = cache((name: string) => readCore(`/presets/${name}`, CatalogueEntry));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { preset }] = await Promise.all([getTranslations('catalogue.editor'), params]);
  return { title: t('editTitle', { title: decodeURIComponent(preset) }) };
}

export default async function EditPresetPage({ params }: Props) {
  const [t, { preset: name }] = await Promise.all([getTranslations('catalogue.editor'), params]);
  const entry = await readPreset(name);
  if (!entry.ok) return entry.error.code === 'not_found' ? <GonePreset /> : <Failure error={entry.error} />;
  const { value } = entry;
  const isReady = value.state === 'ready';
  return (
    <PresetEditor
      key={value.digest}
      edited={{ name: decodeURIComponent(name), version: value.digest ?? '' }}
      title={t('editTitle', { title: isReady ? value.preset.title : value.file })}
      start={isReady ? value.preset : undefined}
      startText={isReady ? toText(value.preset) : (value.text ?? '')}
      note={null}
    />
  );
}
