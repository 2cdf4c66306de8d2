'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useSyncExternalStore } from 'react';
import type { Preset, PresetImport } from '@bailiwick/contract';
import { EMPTY_PRESET, toText } from './preset-draft.rules.ts';
import { PresetEditor } from './preset-editor.tsx';
import { findImported } from './preset-kept.ts';

const nothingToWatch = () => () => undefined;

/** From nothing, or from what was just read from elsewhere. */
export function NewPreset() {
  const t = useTranslations('catalogue.editor');
  const imported = useSyncExternalStore(nothingToWatch, findImported, () => null);
  // Written by this panel a moment ago, from an answer of the core.
  const read = useMemo(() => (imported === null ? null : (JSON.parse(imported) as PresetImport)), [imported]);
  const start: Preset = read?.preset ?? EMPTY_PRESET;
  return (
    <PresetEditor
      key={imported}
      edited={null}
      title={t('newTitle')}
      start={start}
      startText={toText(start)}
      ignored={read?.ignored ?? []}
    />
  );
}
