'use client';

import { useQuery } from '@tanstack/react-query';
import { File, Folder } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, ArchiveContent, ContainerId, FileEntry, Operation } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { folderNameOf } from './archive-name.rules.ts';
import { isFileName } from './file-acts.rules.ts';
import { inFolder } from './file-path.rules.ts';
import { FileNameField, FormDialog } from './form-dialog.tsx';

/** Of thousands the first are drawn; the rest are counted. */
const MOST_DRAWN = 200;

interface Props {
  id: ContainerId;
  folder: string;
  name: string;
  /** What is in the folder already. */
  items: readonly FileEntry[];
  onStarted: (operation: Operation) => void;
  onClose: () => void;
}

/** What is in an archive, before any of it is written, and where it is to go. */
export function UnpackDialog({ id, folder, name, items, onStarted, onClose }: Props) {
  const t = useTranslations('files.unpack');
  const path = inFolder(folder, name);
  const [inNew, setInNew] = useState(true);
  const [to, setTo] = useState(() => folderNameOf(name));
  const [replace, setReplace] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['files', id, 'archive', path],
    queryFn: ({ signal }) =>
      api<ArchiveContent>('GET', `/containers/${id}/files/archive?${new URLSearchParams({ path })}`, { signal }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  // Too long to wait for here, and not too long to be unpacked.
  const isLong = error instanceof ApiError && error.envelope.params?.['reason'] === 'time';
  const there = items.find((item) => item.name === to);
  const problem = !isFileName(to) ? t('format') : there && there.kind !== 'folder' ? t('taken') : undefined;
  const start = async () => {
    const into = inNew ? inFolder(folder, to.normalize('NFC')) : folder;
    const body = { path, into, replace };
    onStarted((await api<Accepted>('POST', `/containers/${id}/files/unpack`, { body })).operation);
  };
  return (
    <FormDialog
      title={t('title', { name })}
      submit={t('submit')}
      disabled={!(data || isLong) || (inNew && problem !== undefined)}
      error={error instanceof ApiError && !isLong ? error : null}
      send={start}
      onClose={onClose}
    >
      {isLong && <p>{t('long')}</p>}
      {!data && !error && <Looking />}
      {data && <Entries content={data} />}
      {(data ?? isLong) && (
        <>
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 font-medium">{t('where')}</legend>
            <label className="flex items-center gap-2 touch:min-h-11">
              <input type="radio" name="where" checked={inNew} onChange={() => setInNew(true)} />
              {t('intoNew')}
            </label>
            <label className="flex items-center gap-2 touch:min-h-11">
              <input type="radio" name="where" checked={!inNew} onChange={() => setInNew(false)} />
              {t('here', { folder })}
            </label>
          </fieldset>
          {inNew && (
            <FileNameField
              label={t('name')}
              error={problem}
              hint={there && problem === undefined ? t('among') : undefined}
              value={to}
              onChange={setTo}
            />
          )}
          <label className="flex items-center gap-2 touch:min-h-11">
            <Checkbox checked={replace} onChange={({ target }) => setReplace(target.checked)} />
            {t('replace')}
          </label>
        </>
      )}
    </FormDialog>
  );
}

function Looking() {
  const t = useTranslations('files.unpack');
  return (
    <div role="status" className="flex flex-col gap-2">
      <span>{t('looking')}</span>
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-3/5" />
    </div>
  );
}

function Entries({ content: { entries, files, folders, sizeBytes } }: { content: ArchiveContent }) {
  const t = useTranslations('files.unpack');
  const locale = useLocale();
  const more = files + folders - Math.min(entries.length, MOST_DRAWN);
  return (
    <>
      <p className="tabular-nums">{t('holds', { files, folders, size: formatBytes(sizeBytes, locale) })}</p>
      {entries.length > 0 && (
        <ul
          aria-label={t('entries')}
          tabIndex={0}
          className="max-h-52 overflow-y-auto rounded-md border border-line py-1 text-sm"
        >
          {entries.slice(0, MOST_DRAWN).map(({ path, kind, sizeBytes: size }) => (
            <li key={path} className="flex items-center gap-2 px-2 py-0.5">
              {kind === 'folder' ? (
                <Folder aria-hidden className="size-4 shrink-0 text-fg-3" />
              ) : (
                <File aria-hidden className="size-4 shrink-0 text-fg-3" />
              )}
              <span translate="no" className="min-w-0 grow font-mono break-all">
                {path}
                {kind === 'folder' && '/'}
              </span>
              {kind === 'file' && <span className="shrink-0 text-fg-3 tabular-nums">{formatBytes(size, locale)}</span>}
            </li>
          ))}
          {more > 0 && <li className="px-2 py-0.5 text-fg-3">{t('more', { count: more })}</li>}
        </ul>
      )}
    </>
  );
}
