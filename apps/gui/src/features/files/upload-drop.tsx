'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import { nameOf } from './file-path.rules.ts';
import { fromDrop, type Picked } from './picked-files.ts';

interface Props {
  folder: string;
  /** Nothing may be put here. */
  refused: boolean;
  onFiles: (picked: Picked) => void;
  onError: (error: unknown) => void;
  children: ReactNode;
}

/** Files and folders dropped anywhere over the list go into the folder it shows; while they hang over it, it says so. */
export function UploadDrop({ folder, refused, onFiles, onError, children }: Props) {
  const t = useTranslations('files.uploads');
  const [over, setOver] = useState(false);
  // Going over what is inside tells of leaving what is outside.
  const depth = useRef(0);
  const turn = (step: 1 | -1) => {
    depth.current += step;
    setOver(depth.current > 0);
  };
  return (
    <div
      className="relative min-w-0"
      onDragEnter={({ dataTransfer }) => dataTransfer.types.includes('Files') && turn(1)}
      onDragLeave={({ dataTransfer }) => dataTransfer.types.includes('Files') && turn(-1)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = refused ? 'none' : 'copy';
      }}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        if (!refused) void fromDrop(event.dataTransfer).then(onFiles, onError);
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-0 z-20 flex items-start justify-center rounded-lg border-2 border-dashed border-accent bg-accent-subtle/80 p-6 text-lg font-medium">
          <span className="sticky top-24">{refused ? t('refused') : t('drop', { folder: nameOf(folder) || '/' })}</span>
        </div>
      )}
    </div>
  );
}
