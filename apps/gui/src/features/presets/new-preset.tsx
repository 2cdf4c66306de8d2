'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useSyncExternalStore } from 'react';
import type { Preset } from '@bailiwick/contract';
import { EMPTY_PRESET, toText } from './preset-draft.rules.ts';
import { PresetEditor } from './preset-editor.tsx';
import { type Beginning, findKept } from './preset-kept.ts';

const nothingToWatch = () => () => undefined;

/** From nothing, or from what was just read from elsewhere or filled into a deployment. */
export function NewPreset() {
  const t = useTranslations('catalogue.editor');
  const kept = useSyncExternalStore(nothingToWatch, findKept, () => null);
  // Written by this panel a moment ago.
  const read = useMemo(() => (kept === null ? null : (JSON.parse(kept) as Beginning)), [kept]);
  const start: Preset = read?.preset ?? EMPTY_PRESET;
  return (
    <PresetEditor
      key={kept}
      edited={null}
      title={t('newTitle')}
      start={start}
      startText={toText(start)}
      note={read?.note ?? null}
    />
  );
}
