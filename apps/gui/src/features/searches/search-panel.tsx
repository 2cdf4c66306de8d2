'use client';

import { useQueryClient } from '@tanstack/react-query';
import { SearchX, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, FilesFound, FoundFile } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { nameOf } from '../files/file-path.rules.ts';
import { Failure } from '../shell/failure.tsx';
import { FoundList } from './found-list.tsx';
import { searchKey, type Sought, useSearch } from './search-queries.ts';

export interface SearchPanelProps {
  container: Pick<Container, 'id' | 'rights'>;
  /** Below which it is looked. */
  folder: string;
  hrefOf: (file: FoundFile, line: number) => string;
  onOpen: (file: FoundFile, line: number) => void;
  onClose: () => void;
}

/** Looks below a folder, in the place of its list. */
export function SearchPanel({ container, folder, hrefOf, onOpen, onClose }: SearchPanelProps) {
  const t = useTranslations('searches');
  const queries = useQueryClient();
  const mayRead = container.rights.can.includes('files.read');
  const [typed, setTyped] = useState({ text: '', name: '', matchCase: false });
  const [sought, setSought] = useState<Sought | null>(null);
  const { data, error, isFetching, refetch } = useSearch(container.id, sought);
  const field = { maxLength: 200, autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const;
  const stop = () => {
    void queries.cancelQueries({ queryKey: searchKey(container.id) });
    setSought(null);
  };
  return (
    <section aria-labelledby="search-title" className="flex min-w-0 flex-col gap-3">
      <form
        className="flex flex-col gap-3 rounded-lg border border-line bg-surface-1 p-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isFetching) stop();
          else setSought({ folder, ...typed });
        }}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      >
        <div className="flex items-center gap-2">
          <h2 id="search-title" className="min-w-0 grow truncate font-medium" title={folder}>
            {t('title', { folder: nameOf(folder) || '/' })}
          </h2>
          <IconButton label={t('close')} onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </div>
        <div className="grid gap-3 sm:grid-cols-[repeat(auto-fit,minmax(12rem,1fr))]">
          <Field label={t('text')} hint={mayRead ? undefined : t('textRefused')}>
            {(control) => (
              <Input
                {...control}
                {...field}
                autoFocus={mayRead}
                disabled={!mayRead}
                value={typed.text}
                onChange={({ target }) => setTyped({ ...typed, text: target.value })}
              />
            )}
          </Field>
          <Field label={t('name')}>
            {(control) => (
              <Input
                {...control}
                {...field}
                autoFocus={!mayRead}
                value={typed.name}
                onChange={({ target }) => setTyped({ ...typed, name: target.value })}
              />
            )}
          </Field>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <label className="me-auto flex items-center gap-2 text-sm touch:min-h-11">
            <Checkbox
              checked={typed.matchCase}
              onChange={({ target }) => setTyped({ ...typed, matchCase: target.checked })}
            />
            {t('matchCase')}
          </label>
          <Button
            type="submit"
            look={isFetching ? 'secondary' : 'primary'}
            disabled={typed.text === '' && typed.name === ''}
          >
            {isFetching ? t('stop') : t('submit')}
          </Button>
        </div>
      </form>
      {sought === null ? (
        <p className="px-1 text-sm text-fg-3">{t('hint')}</p>
      ) : isFetching ? (
        <Loading label={t('loading')} className="flex flex-col gap-2 rounded-lg border border-line bg-surface-1 p-3">
          {Array.from({ length: 6 }, (_, row) => (
            <Skeleton key={row} className={row % 3 === 0 ? 'w-1/2' : 'ms-4 w-3/4'} />
          ))}
        </Loading>
      ) : error instanceof ApiError ? (
        <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />
      ) : (
        data && <Answer found={data} hrefOf={hrefOf} onOpen={onOpen} />
      )}
    </section>
  );
}

interface AnswerProps extends Pick<SearchPanelProps, 'hrefOf' | 'onOpen'> {
  found: FilesFound;
}

function Answer({ found, hrefOf, onOpen }: AnswerProps) {
  const t = useTranslations('searches');
  const { path, items, entries, leftOut, stoppedBy } = found;
  const lines = items.reduce((sum, item) => sum + item.lines.length, 0);
  return (
    <>
      {stoppedBy !== null && (
        <Banner tone="warning" title={t(`stopped.${stoppedBy}`)}>
          {t('narrow')}
        </Banner>
      )}
      {items.length === 0 ? (
        <EmptyState icon={SearchX} title={t('none', { folder: nameOf(path) || '/' })}>
          <p>{t('looked', { count: entries })}</p>
        </EmptyState>
      ) : (
        <>
          <p role="status" className="px-1 text-sm text-fg-2 tabular-nums">
            {lines > 0 ? t('lines', { lines, files: items.length }) : t('files', { count: items.length })}
          </p>
          <FoundList folder={path} items={items} hrefOf={hrefOf} onOpen={onOpen} />
        </>
      )}
      {leftOut > 0 && <p className="px-1 text-xs text-fg-3 tabular-nums">{t('leftOut', { count: leftOut })}</p>}
    </>
  );
}
