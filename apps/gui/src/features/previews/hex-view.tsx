'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerId } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { useMedia } from '../../lib/media.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { nameOf } from '../files/file-path.rules.ts';
import { Failure } from '../shell/failure.tsx';
import { useBytes } from './bytes-queries.ts';
import { hexLines, PAGE_BYTES, readOffset } from './previews.rules.ts';

interface Props {
  id: ContainerId;
  path: string;
  sizeBytes: number;
}

/** The bytes of a file, a page at a time. */
export function HexView({ id, path, sizeBytes }: Props) {
  const t = useTranslations('previews');
  const [from, setFrom] = useState(0);
  const [typed, setTyped] = useState('');
  const length = Math.min(PAGE_BYTES, sizeBytes - from);
  const { data, error, refetch } = useBytes(id, path, { from, length });
  const perLine = useMedia('(max-width: 767px)', false) ? 8 : 16;
  const target = readOffset(typed, sizeBytes);
  return (
    <>
      <form
        className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1 text-xs text-fg-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== null) setFrom(target);
        }}
      >
        <IconButton label={t('previous')} disabled={from === 0} onClick={() => setFrom(from - PAGE_BYTES)}>
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
        </IconButton>
        <span role="status" className="tabular-nums">
          {t('place', { from, to: from + length - 1, size: sizeBytes })}
        </span>
        <IconButton
          label={t('next')}
          disabled={from + PAGE_BYTES >= sizeBytes}
          onClick={() => setFrom(from + PAGE_BYTES)}
        >
          <ChevronRight aria-hidden className="rtl:rotate-180" />
        </IconButton>
        <label className="ms-auto flex items-center gap-2">
          {t('goTo')}
          <Input
            value={typed}
            placeholder={t('goToHint')}
            maxLength={20}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={(typed !== '' && target === null) || undefined}
            className="w-40 font-mono"
            onChange={({ target: field }) => setTyped(field.value)}
          />
        </label>
        <Button type="submit" size="small" disabled={target === null}>
          {t('go')}
        </Button>
      </form>
      {error instanceof ApiError ? (
        <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />
      ) : data ? (
        <pre
          tabIndex={0}
          role="group"
          aria-label={t('hexLabel', { name: nameOf(path), offset: from })}
          translate="no"
          data-slot="hex"
          className="min-h-0 grow overflow-auto bg-inset p-3 font-mono text-xs leading-5"
        >
          {hexLines(data, from, perLine).map(({ offset, hex, text }) => (
            <span key={offset} className="block">
              <span className="text-fg-3">{offset}</span>
              {`  ${hex}  `}
              <span className="text-fg-2">{text}</span>
            </span>
          ))}
        </pre>
      ) : (
        <Loading label={t('loading')} className="flex flex-col gap-2 p-3">
          {Array.from({ length: 8 }, (_, row) => (
            <Skeleton key={row} className="w-3/4" />
          ))}
        </Loading>
      )}
    </>
  );
}
