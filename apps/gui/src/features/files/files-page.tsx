'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CornerLeftUp, FileSearch, ListTree } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import type { Container, FileEntry, FoundFile, Operation } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { ApiError } from '../../lib/api.ts';
import { useMedia } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { cn } from '../../ui/class-names.ts';
import { Banner } from '../../ui/banner.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useSelection } from '../container-list/use-selection.ts';
import { DeletedDialog } from '../deleted-files/deleted-dialog.tsx';
import { FolderTree } from '../folders/folder-tree.tsx';
import { useTreePreferences } from '../folders/tree-preferences.ts';
import { useNeeds } from '../identity/needs.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import { SearchPanel } from '../searches/search-panel.tsx';
import { OperationCard } from '../operations/operation-card.tsx';
import { StaleNotice } from '../shell/stale-notice.tsx';
import { isFor, NEEDS } from './file-acts.rules.ts';
import { FileBulkBar } from './file-bulk-bar.tsx';
import { FilesFailed, FilesLoading, FolderEmpty, NoneFits } from './file-faces.tsx';
import { FileMenu, type MenuPlace } from './file-menu.tsx';
import { selectFiles, sortFiles } from './file-order.rules.ts';
import { inFolder, nameOf, parentOf, toTarget } from './file-path.rules.ts';
import { FilePane } from './file-pane.tsx';
import { askForFolder, refreshFiles, useFileList } from './file-queries.ts';
import { FileStatus } from './file-status.tsx';
import { FileTable } from './file-table.tsx';
import { type FileView, readFileView, turnSort, writeFileView } from './file-view.rules.ts';
import { NewMenu } from './new-menu.tsx';
import { PasteBar } from './paste-bar.tsx';
import { PathBar } from './path-bar.tsx';
import { Kept, RootMenu } from './root-menu.tsx';
import type { Picked } from './picked-files.ts';
import { UploadDrop } from './upload-drop.tsx';
import { uploads } from './upload-list.ts';
import { useClipboard } from './use-clipboard.tsx';
import { useFileActs } from './use-file-acts.tsx';
import { useOpenedFile } from './use-opened-file.tsx';

const NOTHING: readonly FileEntry[] = [];

export interface FilesPageProps {
  container: Pick<Container, 'id' | 'name' | 'rights' | 'state'>;
}

/** The files of one container: a folder, and beside it the file that is open. */
export function FilesPage({ container }: FilesPageProps) {
  const t = useTranslations('files');
  const locale = useLocale();
  const queries = useQueryClient();
  const fail = useErrorToast();
  const { id, rights } = container;
  const mayRead = rights.can.includes('files.read');
  const needs = useNeeds();
  const view = readFileView(useAddressQuery());
  const addressOf = (change: Partial<FileView>) =>
    `/containers/${id}/files${writeFileView({ ...view, line: 0, ...change })}`;
  const show = (change: Partial<FileView>, how: 'replace' | 'push' = 'push') => changeAddress(addressOf(change), how);
  const opened = useOpenedFile(view.file, (file) => show({ file }, 'replace'));
  const { data, error, refetch, isFetching } = useFileList(id, view.path);
  const path = data?.path ?? view.path;
  const [arriveAt, setArriveAt] = useState<string | null>(null);
  const chosen = useSelection();
  const [binOpen, setBinOpen] = useState(false);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [work, setWork] = useState<Operation | null>(null);
  const acts = useFileActs({
    container,
    folder: path,
    list: data,
    onMade: (kind, name) => {
      setArriveAt(name);
      if (kind === 'file' && mayRead) show({ file: inFolder(path, name) });
    },
    onDone: chosen.clear,
    onStarted: setWork,
  });

  const clipboard = useClipboard({
    id,
    folder: path,
    items: data?.items ?? NOTHING,
    onDone: (act, count) => acts.tell(t(`${act}.done`, { count })),
  });

  const items = data?.items;
  const sorted = useMemo(
    () => sortFiles(items ?? [], { key: view.sort.key, descending: view.sort.descending }, locale),
    [items, view.sort.key, view.sort.descending, locale],
  );
  const rows = useMemo(
    () => selectFiles(sorted, { q: view.q, dotFiles: view.dotFiles }),
    [sorted, view.q, view.dotFiles],
  );

  const go = (to: string, arrive: string | null = '') => {
    show({ path: to, q: '' });
    chosen.clear();
    setArriveAt(arrive);
  };
  const up = () => {
    if (path !== '/' && path !== '') go(parentOf(path), nameOf(path));
  };
  const find = useTranslations('searches');
  const [finding, setFinding] = useState(false);
  useShortcuts([
    { keys: 'Backspace', label: t('up'), group: 'list', run: up },
    { keys: 'Ctrl Shift f', label: find('open'), group: 'list', run: () => setFinding(path !== '') },
  ]);
  const mayWrite = rights.can.includes('files.write');
  const upload = (picked: Picked) =>
    void uploads.add({ containerId: id, containerName: container.name, folder: path }, picked).catch(fail);
  useEffect(
    () =>
      uploads.onDone(({ containerId }) => {
        if (containerId === id) void refreshFiles(queries, id);
      }),
    [id, queries],
  );
  const hrefOf = ({ name, kind }: FileEntry) => {
    if (kind === 'folder' || kind === 'link') return addressOf({ path: inFolder(path, name), q: '' });
    return kind === 'file' && mayRead ? addressOf({ file: inFolder(path, name) }) : null;
  };
  /** Where a link leads the core says, or else the link itself. */
  const follow = async (link: string, target?: string) => {
    try {
      go((await askForFolder(queries, id, link)).path);
    } catch (refusal) {
      const { code = '', params } = refusal instanceof ApiError ? refusal.envelope : {};
      if (code === 'file_refused' && params?.['reason'] === 'file' && mayRead) show({ file: link });
      else if (code === 'file_refused' && target !== undefined) await follow(toTarget(path, target));
      else fail(refusal);
    }
  };
  const open = ({ name, kind, target }: FileEntry) => {
    const to = inFolder(path, name);
    if (kind === 'folder') go(to);
    else if (kind === 'link') void follow(to, target);
    else show({ file: to });
  };

  const isShown = ({ kind }: FoundFile) => kind === 'file' && mayRead;
  const openFound = (found: FoundFile, line: number) => {
    if (isShown(found)) return show({ file: found.path, line });
    setFinding(false);
    if (found.kind === 'folder') go(found.path);
    else go(parentOf(found.path), nameOf(found.path));
  };

  const chosenRows = useMemo(() => sorted.filter(({ name }) => chosen.ids.has(name)), [sorted, chosen.ids]);
  const failure = error instanceof ApiError ? error.envelope : null;
  const narrow = opened.file !== '';
  const folders = useTranslations('folders');
  const [tree, setTree] = useTreePreferences();
  // Three columns need more room than two.
  const isWide = useMedia(narrow ? '(min-width: 96rem)' : '(min-width: 80rem)', false);
  const treeRoots = data && tree.shown && isWide ? data.roots.map((root) => root.path) : null;
  return (
    <section aria-label={t('title', { name: container.name })}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {data && (
          <RootMenu
            path={path}
            roots={data.roots}
            onGo={go}
            onDeleted={data.by === 'disk' ? () => setBinOpen(true) : undefined}
          />
        )}
        <IconButton label={t('up')} hint={t('upKeys')} disabled={path === '/' || path === ''} onClick={up}>
          <CornerLeftUp aria-hidden />
        </IconButton>
        <PathBar path={path === '' ? '/' : path} hrefOf={(to) => addressOf({ path: to, q: '' })} onGo={go} />
        {data && <Kept persistent={data.persistent} />}
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <NewMenu reason={needs(container, 'files.write')} onNew={acts.askNew} onFiles={upload} />
        <PasteBar clipboard={clipboard} reason={needs(container, 'files.write')} />
        <SearchField
          label={t('filter')}
          placeholder={t('filter')}
          value={view.q}
          onSearch={(q) => show({ q }, 'replace')}
        />
        <label className="flex items-center gap-2 text-sm touch:min-h-11">
          <Checkbox checked={view.dotFiles} onChange={({ target }) => show({ dotFiles: target.checked })} />
          {t('dotFiles')}
        </label>
        <IconButton
          label={folders('show')}
          aria-pressed={tree.shown}
          className="ms-auto max-xl:hidden"
          onClick={() => setTree({ shown: !tree.shown })}
        >
          <ListTree aria-hidden />
        </IconButton>
        <IconButton
          label={find('open')}
          hint={find('keys')}
          disabled={path === ''}
          aria-pressed={finding}
          className="max-xl:ms-auto"
          onClick={() => setFinding(!finding)}
        >
          <FileSearch aria-hidden />
        </IconButton>
      </div>
      {work && (
        <div className="mb-3">
          <OperationCard
            key={work.id}
            initial={work}
            onEnded={() => void refreshFiles(queries, container.id)}
            onClose={() => setWork(null)}
          />
        </div>
      )}
      {data?.truncated === true && (
        <Banner tone="warning" className="mb-3" title={t('truncated', { count: data.items.length })} />
      )}
      {data && error instanceof ApiError && (
        <StaleNotice error={error} title={t('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      <div
        className={cn(
          'grid gap-3',
          narrow
            ? treeRoots
              ? 'grid-cols-[15rem_20rem_minmax(0,1fr)]'
              : 'lg:grid-cols-[minmax(16rem,24rem)_minmax(0,1fr)]'
            : treeRoots && 'grid-cols-[15rem_minmax(0,1fr)]',
        )}
      >
        {treeRoots && <FolderTree id={id} roots={treeRoots} path={path} dotFiles={view.dotFiles} onGo={go} />}
        <div className={cn('min-w-0', narrow && 'max-lg:hidden')}>
          {finding ? (
            <SearchPanel
              container={container}
              folder={path}
              hrefOf={(found, line) =>
                isShown(found)
                  ? addressOf({ file: found.path, line })
                  : addressOf({ path: found.kind === 'folder' ? found.path : parentOf(found.path), q: '' })
              }
              onOpen={openFound}
              onClose={() => {
                setFinding(false);
                setArriveAt('');
              }}
            />
          ) : data ? (
            <UploadDrop folder={path} refused={!mayWrite} onFiles={upload} onError={fail}>
              <FileTable
                path={path}
                rows={rows}
                sort={view.sort}
                narrow={narrow}
                opened={narrow && parentOf(opened.file) === path ? nameOf(opened.file) : null}
                arriveAt={arriveAt}
                onArrived={() => setArriveAt(null)}
                sortHref={(key) => addressOf({ sort: turnSort(view, key) })}
                hrefOf={hrefOf}
                onSort={(key) => show({ sort: turnSort(view, key) })}
                onOpen={open}
                onUp={up}
                chosen={chosen}
                renaming={acts.renaming}
                onMenu={(entry, x, y) => setMenu({ entry, x, y })}
                onRename={(entry, to) => void acts.rename(entry, to).then(setArriveAt)}
                onStopRenaming={acts.stopRenaming}
                onAct={(act, entry) => {
                  const several = act === 'delete' && chosen.ids.has(entry.name);
                  if (rights.can.includes(NEEDS[act])) acts.ask(act, several ? chosenRows : [entry]);
                }}
                onTake={(act, entry) => {
                  if (!isFor(act, entry)) return;
                  const entries = chosen.ids.has(entry.name) ? chosenRows.filter((one) => isFor(act, one)) : [entry];
                  clipboard.take({ act, folder: path, entries });
                }}
                onPaste={() => {
                  if (mayWrite) clipboard.paste();
                }}
                empty={
                  data.items.length === 0 ? (
                    <FolderEmpty />
                  ) : (
                    <NoneFits
                      q={view.q}
                      more={view.dotFiles ? 0 : selectFiles(sorted, { q: view.q, dotFiles: true }).length}
                      onClear={() => show({ q: '' })}
                      onDotFiles={() => show({ dotFiles: true })}
                    />
                  )
                }
              />
              <FileStatus list={data} shown={rows.length} />
              <FileBulkBar container={container} chosen={chosenRows} onAct={acts.ask} onClear={chosen.clear} />
            </UploadDrop>
          ) : failure ? (
            <FilesFailed
              error={failure}
              container={container}
              path={view.path}
              onRetry={() => void refetch()}
              onGo={go}
            />
          ) : (
            <FilesLoading />
          )}
          {!finding && <p className="px-1 text-xs text-fg-3 max-md:hidden">{t('keys')}</p>}
        </div>
        {narrow && (
          <FilePane
            key={opened.file}
            container={container}
            path={opened.file}
            line={view.line}
            onDirty={opened.setDirty}
            onClose={() => show({ file: '' })}
          />
        )}
      </div>
      {menu && (
        <FileMenu
          container={container}
          folder={path}
          by={data?.by ?? 'container'}
          place={menu}
          onOpen={hrefOf(menu.entry) === null ? null : () => open(menu.entry)}
          onAct={(act, entry) => acts.ask(act, [entry])}
          onClose={() => setMenu(null)}
          onReturn={() => setArriveAt(menu.entry.name)}
        />
      )}
      {binOpen && <DeletedDialog container={container} folder={path} onClose={() => setBinOpen(false)} />}
      {acts.dialog}
      {clipboard.dialog}
      {opened.guard}
    </section>
  );
}
