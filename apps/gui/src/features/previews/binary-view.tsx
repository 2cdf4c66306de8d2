'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerId, FileContent } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { nameOf } from '../files/file-path.rules.ts';
import { HexView } from './hex-view.tsx';
import { PictureView } from './picture-view.tsx';
import { isPictureName } from './previews.rules.ts';

interface Props {
  id: ContainerId;
  content: Pick<FileContent, 'path' | 'sizeBytes'>;
}

/** What is no text: a picture where it is called one, and its bytes. */
export function BinaryView({ id, content: { path, sizeBytes } }: Props) {
  const t = useTranslations('previews');
  const isPicture = isPictureName(nameOf(path));
  const [how, setHow] = useState<'picture' | 'bytes'>(isPicture ? 'picture' : 'bytes');
  const View = how === 'picture' ? PictureView : HexView;
  return (
    <>
      {isPicture && (
        <div role="group" aria-label={t('how')} className="flex gap-1 border-b border-line px-3 py-1">
          {(['picture', 'bytes'] as const).map((each) => (
            <Button
              key={each}
              size="small"
              look={how === each ? 'secondary' : 'ghost'}
              aria-pressed={how === each}
              onClick={() => setHow(each)}
            >
              {t(each)}
            </Button>
          ))}
        </div>
      )}
      <View id={id} path={path} sizeBytes={sizeBytes} />
    </>
  );
}
