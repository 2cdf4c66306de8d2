import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NewPreset } from '../../../../features/presets/new-preset.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('catalogue.editor'))('newTitle') };
}

export default function NewPresetPage() {
  return <NewPreset />;
}
