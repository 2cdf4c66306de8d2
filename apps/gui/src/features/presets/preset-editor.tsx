'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import type { Preset, PresetImport } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Textarea } from '../../ui/input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { IssueList } from './issue-list.tsx';
import { PresetForm } from './preset-form.tsx';
import { dropKept } from './preset-kept.ts';
import { PresetPreview } from './preset-preview.tsx';
import { readDocument, toText } from './preset-draft.rules.ts';

interface Props {
  /** Null for a new one; else its name, and the version this edit is made onto. */
  edited: { name: string; version: string } | null;
  title: string;
  /** Undefined where only its text is known. */
  start: Preset | undefined;
  startText: string;
  /** What there is to know of where it comes from. */
  note: string | null;
}

type Draft = { way: 'form'; preset: Preset } | { way: 'json'; text: string };

/** A preset as a form and as JSON, with the form it makes beside it; the core says what is wrong with it. */
export function PresetEditor({ edited, title, start, startText, note }: Props) {
  const t = useTranslations('catalogue.editor');
  const [draft, setDraft] = useState<Draft>(start ? { way: 'form', preset: start } : { way: 'json', text: startText });
  const [dirty, setDirty] = useState(false);
  const hydrated = useHydrated();
  const text = draft.way === 'form' ? toText(draft.preset) : draft.text;
  const document = readDocument(text);
  const read = useReading(useDeferredValue(text));
  const save = useSaving(edited, () => setDirty(false));
  const preset = read.preset;
  const change = (next: Draft) => {
    setDraft(next);
    setDirty(true);
    save.forget();
  };
  return (
    <div className="flex max-w-6xl flex-col gap-4">
      <PageHeader title={title} description={t('text')} className="mb-0" />
      {note !== null && <p className="text-fg-2">{note}</p>}
      <div role="group" aria-label={t('ways')} className="flex flex-wrap items-center gap-2">
        <Button
          aria-pressed={draft.way === 'form'}
          disabled={!hydrated || (draft.way === 'json' && preset === undefined)}
          onClick={() => preset && setDraft({ way: 'form', preset })}
        >
          {t('form')}
        </Button>
        <Button
          aria-pressed={draft.way === 'json'}
          disabled={!hydrated}
          onClick={() => setDraft({ way: 'json', text })}
        >
          {t('json')}
        </Button>
        {draft.way === 'json' && preset === undefined && <span className="text-xs text-fg-3">{t('formWaits')}</span>}
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <fieldset disabled={!hydrated} className="contents">
          {draft.way === 'form' ? (
            <PresetForm
              preset={draft.preset}
              nameFixed={edited !== null}
              onChange={(next) => change({ way: 'form', preset: next })}
            />
          ) : (
            <Field
              label={t('jsonLabel')}
              hint={t('jsonHint')}
              error={document.ok ? undefined : t('notJson', { reason: document.reason })}
            >
              {(control) => (
                <Textarea
                  {...control}
                  spellCheck={false}
                  className="min-h-96 font-mono text-xs"
                  value={draft.text}
                  onChange={({ target }) => change({ way: 'json', text: target.value })}
                />
              )}
            </Field>
          )}
        </fieldset>
        <div className="flex flex-col gap-4 lg:sticky lg:top-16">
          <IssueList error={save.error ?? (document.ok ? read.error : null)} />
          <Button
            look="primary"
            disabled={!hydrated || !document.ok}
            loading={save.busy}
            onClick={() => document.ok && save.send(document.value)}
          >
            {t('save')}
          </Button>
          <PresetPreview key={preset ? toText(preset) : ''} preset={preset} />
        </div>
      </div>
      <LeaveGuard dirty={dirty} text={t('lost')} onDiscard={() => setDirty(false)} />
    </div>
  );
}

/** What the core makes of it, a moment after the last keystroke. */
function useReading(text: string): { preset: Preset | undefined; error: ApiError | null } {
  const document = readDocument(text);
  const reading = useQuery({
    queryKey: ['preset-draft', text],
    queryFn: ({ signal }) =>
      api<PresetImport>('POST', '/presets/import', { body: { document: document.ok ? document.value : {} }, signal }),
    enabled: document.ok,
    retry: false,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const failed = reading.error instanceof ApiError ? reading.error : null;
  return { preset: failed === null && document.ok ? reading.data?.preset : undefined, error: failed };
}

function useSaving(edited: Props['edited'], onSaved: () => void) {
  const t = useTranslations('catalogue.editor');
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const send = async (document: Record<string, unknown>) => {
    setBusy(true);
    setError(null);
    try {
      const { preset } =
        edited === null
          ? await api<{ preset: Preset }>('POST', '/presets', { body: document })
          : await api<{ preset: Preset }>('PUT', `/presets/${encodeURIComponent(edited.name)}`, {
              body: { preset: document, version: edited.version },
            });
      onSaved();
      dropKept();
      announce(t('saved', { title: preset.title }));
      router.push(`/catalogue/${preset.name}`);
      router.refresh();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error,
    forget: () => setError(null),
    send: (document: Record<string, unknown>) => void send(document),
  };
}
