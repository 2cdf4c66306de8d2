'use client';

import { Lock, Save, TextCursorInput } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Container, FileContent } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { ApiError } from '../../lib/api.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { WhyButton } from '../access/why-button.tsx';
import { useNeeds } from '../identity/needs.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { FileConflict } from './file-conflict.tsx';
import { nameOf } from './file-path.rules.ts';
import { refreshFiles, saveContent } from './file-queries.ts';
import { indentOf, readForm, type TextForm, writeForm } from './text-form.rules.ts';
import type { Place, TextHandle } from './text-editor.tsx';

const TextEditor = dynamic(() => import('./text-editor.tsx'), { ssr: false, loading: Waiting });
const START: Place = { line: 1, column: 1, language: null };

export interface FileEditorProps {
  container: Pick<Container, 'id' | 'name' | 'rights'>;
  content: FileContent;
  text: string;
  line: number;
  close: ReactNode;
  onDirty: (dirty: boolean) => void;
  /** Reads it anew: what is here goes. */
  onReload: () => Promise<void>;
  /** What is to be said above the text. */
  children: ReactNode;
}

/** A text under somebody's hands; saved only over what it was read as, unless they say otherwise. */
export function FileEditor({ container, content, text, line, close, onDirty, onReload, children }: FileEditorProps) {
  const t = useTranslations('files.editor');
  const queries = useQueryClient();
  const fail = useErrorToast();
  const { path, truncated } = content;
  const name = nameOf(path);
  const { body, form } = useMemo(() => readForm(text), [text]);
  const handle = useRef<TextHandle | null>(null);
  const [etag, setEtag] = useState<string | null>(content.etag);
  const [place, setPlace] = useState(START);
  const [dirty, setDirty] = useState(false);
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  /** What is there now instead of what was read; `etag` null: nothing. */
  const [conflict, setConflict] = useState<{ etag: string | null } | null>(null);
  const lock = useLock(container, truncated);
  const indent = useMemo(() => indentOf(body), [body]);

  const note = (changed: boolean) => {
    setDirty(changed);
    onDirty(changed);
  };
  const save = async (over: string | null = etag): Promise<void> => {
    const taken = handle.current?.take();
    if (taken === undefined || lock !== null || saving) return;
    setSaving(true);
    try {
      const written = await saveContent(container.id, path, writeForm(taken.text, form), over);
      setEtag(written.etag);
      setRefused(null);
      setConflict(null);
      taken.saved();
      announce(t('saved', { name }));
      void refreshFiles(queries, container.id);
    } catch (error) {
      const other = error instanceof ApiError && error.envelope.code === 'file_changed' ? error.envelope : null;
      if (other) setConflict({ etag: typeof other.params?.['etag'] === 'string' ? other.params['etag'] : null });
      else if (error instanceof ApiError) setRefused(error);
      else fail(error);
    } finally {
      setSaving(false);
    }
  };
  useShortcuts([{ keys: 'Ctrl s', label: t('save'), group: 'detail', run: () => void (dirty ? save() : undefined) }]);

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
        <h2 translate="no" title={path} className="min-w-0 grow basis-32 truncate font-medium">
          {name}
          {dirty && <span className="ms-2 text-xs font-normal text-fg-3">{t('notSaved')}</span>}
        </h2>
        {lock !== null && (
          <Badge title={lock}>
            <Lock aria-hidden className="size-3" />
            <span className="sr-only">{lock}</span>
            <span aria-hidden>{t('readOnly')}</span>
          </Badge>
        )}
        {!container.rights.can.includes('files.write') && (
          <WhyButton resource={container.id} capability="files.write" />
        )}
        <IconButton label={t('goToLine')} onClick={() => handle.current?.askForLine()}>
          <TextCursorInput aria-hidden />
        </IconButton>
        {lock === null && (
          <Button look="primary" disabled={!dirty} loading={saving} onClick={() => void save()}>
            <Save aria-hidden />
            {t('save')}
          </Button>
        )}
        {close}
      </div>
      {children}
      <ErrorNotice error={refused} />
      <TextEditor
        label={t('label', { name })}
        name={name}
        body={body}
        mixed={form.lineEnd === 'mixed'}
        indent={indent}
        readOnly={lock !== null}
        line={line}
        handleRef={handle}
        onDirty={note}
        onPlace={setPlace}
      />
      <Facts place={place} form={form} indent={indent} content={content} />
      {conflict && (
        <FileConflict
          container={container}
          path={path}
          mine={() => handle.current?.take().text ?? body}
          mixed={form.lineEnd === 'mixed'}
          gone={conflict.etag === null}
          busy={saving}
          onReload={() => {
            setConflict(null);
            void onReload();
          }}
          onOverwrite={() => void save(conflict.etag)}
          onMerged={(merged, theirs) => {
            handle.current?.replace(merged, theirs.body);
            setEtag(theirs.etag);
            setConflict(null);
          }}
          onClose={() => setConflict(null)}
        />
      )}
    </>
  );
}

/** Why it cannot be changed; null where it can. */
function useLock(container: FileEditorProps['container'], truncated: boolean): string | null {
  const t = useTranslations('files.editor');
  const needs = useNeeds();
  return truncated ? t('partOnly') : needs(container, 'files.write');
}

interface FactsProps {
  place: Place;
  form: TextForm;
  indent: string;
  content: FileContent;
}

/** How the text lies in its file, which saving keeps. */
function Facts({ place, form, indent, content }: FactsProps) {
  const t = useTranslations('files.editor');
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-3 py-1 text-xs text-fg-3 tabular-nums">
      <span>{t('place', { line: place.line, column: place.column })}</span>
      <span className="me-auto">{place.language ?? t('plainText')}</span>
      <span>{indent === '\t' ? t('tabs') : t('blanks', { count: indent.length })}</span>
      <span>{form.mark ? t('encodingMark') : t('encoding')}</span>
      <span>{t(`lineEnd.${form.lineEnd}`)}</span>
      <span translate="no" className="font-mono">
        {content.mode} {content.owner}
      </span>
      <span className="max-md:hidden">{t('leaveKeys')}</span>
    </div>
  );
}

function Waiting() {
  const t = useTranslations('files.pane');
  return (
    <Loading label={t('loading')} className="grow p-3">
      <Skeleton className="h-full" />
    </Loading>
  );
}
