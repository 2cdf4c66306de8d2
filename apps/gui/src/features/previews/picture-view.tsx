'use client';

import { ImageOff } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { ContainerId } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { nameOf } from '../files/file-path.rules.ts';
import { Failure } from '../shell/failure.tsx';
import { useBytes } from './bytes-queries.ts';
import { ASK_FROM_BYTES, MOST_PICTURE_BYTES, pictureType } from './previews.rules.ts';

interface Props {
  id: ContainerId;
  path: string;
  sizeBytes: number;
}

/** A picture as an image and never as a document; what it is is told by its bytes, not by its name. */
export function PictureView({ id, path, sizeBytes }: Props) {
  const t = useTranslations('previews');
  const locale = useLocale();
  const [wanted, setWanted] = useState(sizeBytes <= ASK_FROM_BYTES);
  const tooBig = sizeBytes > MOST_PICTURE_BYTES;
  const { data, error, refetch } = useBytes(id, path, null, wanted && !tooBig);
  const [broken, setBroken] = useState(false);
  const address = usePictureAddress(data);
  if (tooBig) return <EmptyState icon={ImageOff} title={t('tooBig', { most: formatBytes(MOST_PICTURE_BYTES, locale) })} />; // prettier-ignore
  if (!wanted)
    return (
      <EmptyState
        icon={ImageOff}
        title={t('ask', { size: formatBytes(sizeBytes, locale) })}
        actions={<Button onClick={() => setWanted(true)}>{t('fetch')}</Button>}
      />
    );
  if (error instanceof ApiError) return <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />;
  if (broken || address === null) return <EmptyState icon={ImageOff} title={t('noPicture')} />;
  if (address === undefined)
    return (
      <Loading label={t('loading')} className="p-3">
        <Skeleton className="h-48 w-full" />
      </Loading>
    );
  return (
    <div className="flex min-h-0 grow items-center justify-center overflow-auto bg-inset p-3">
      <img
        src={address}
        alt={nameOf(path)}
        data-slot="picture"
        className="max-h-full max-w-full object-contain"
        onError={() => setBroken(true)}
      />
    </div>
  );
}

/** Where the picture is to be had; undefined while it is made, null where it is none. */
function usePictureAddress(bytes: Uint8Array<ArrayBuffer> | undefined): string | null | undefined {
  const [address, setAddress] = useState<string | null>();
  useEffect(() => {
    if (bytes === undefined) return undefined;
    const reader = new FileReader();
    const type = pictureType(bytes);
    reader.onload = () => setAddress(typeof reader.result === 'string' && type !== null ? reader.result : null);
    reader.readAsDataURL(new Blob([bytes], { type: type ?? '' }));
    return () => reader.abort();
  }, [bytes]);
  return address;
}
