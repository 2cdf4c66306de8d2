'use client';

import { BookmarkPlus, Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { DeployInput, DeployReview, Preset } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { downloadText } from '../../ui/download.ts';
import { useMayAnywhere } from '../identity/me.tsx';
import { keepForEditor } from '../presets/preset-kept.ts';
import { type LeftOut, toSavedPreset } from './saved-preset.rules.ts';

interface Props {
  preset: Preset;
  input: DeployInput;
  written: DeployReview['written'];
  /** It was written for what is on the form now. */
  fresh: boolean;
}

/** What was filled in, kept for the next time: in the catalogue, or as a file. Nothing is deployed by it. */
export function SaveAs({ preset, input, written, fresh }: Props) {
  const t = useTranslations('deploy.saveAs');
  const toName = useLeftOutNames();
  const router = useRouter();
  const mayWrite = useMayAnywhere('presets.create');
  const savePreset = () => {
    const { preset: saved, leftOut } = toSavedPreset(preset, input);
    keepForEditor({
      preset: saved,
      note: leftOut.length > 0 ? t('leftOut', { fields: leftOut.map(toName).join(', ') }) : null,
    });
    router.push('/catalogue/new');
  };
  if (!mayWrite && written === null) return null;
  return (
    <div role="group" aria-label={t('title')} className="mt-4 flex flex-wrap gap-2 border-t border-line pt-4">
      {mayWrite && (
        <Button onClick={savePreset}>
          <BookmarkPlus aria-hidden />
          {t('preset')}
        </Button>
      )}
      {written !== null && (
        <Button disabled={!fresh} onClick={() => downloadText(`${input.name}.json`, written.json)}>
          <Download aria-hidden />
          {t('json')}
        </Button>
      )}
    </div>
  );
}

function useLeftOutNames(): (field: LeftOut) => string {
  const t = useTranslations('deploy');
  return (field) => {
    switch (field) {
      case 'project':
        return t(field);
      case 'binds':
      case 'access':
        return t(`made.${field}`);
      case 'volumes':
        return t('saveAs.keptData');
      default:
        return t(`advanced.field.${field}`);
    }
  };
}
