'use client';

import { useState } from 'react';
import type { SavedSettings } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { wrongFields } from '../shell/field-issues.ts';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { useSavedSettings } from './configuration-queries.ts';
import { FieldPair } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';

export type SavedText = 'domainName' | 'launchUrl' | 'explorerRoot' | 'consoleDirectory';
type Schema = { safeParse: (text: string) => { success: boolean } };

interface Props<Name extends SavedText> {
  schemas: Readonly<Record<Name, Schema>>;
  /** What each is called, how it is to be filled in, and what is said of a text that does not fit, or that the core refuses. */
  words: Readonly<Record<Name, { label: string; hint: string; issue: string; refused: string }>>;
  /** What is said of all of them. */
  said: Readonly<Record<'wrong' | 'save' | 'saved' | 'lost', string>>;
  isLocked: (field: Name) => boolean;
  inputMode: 'url' | 'text';
}

/** What is kept beside how a container is made. It says nothing to the container, so that it counts as soon as it is saved. */
export function SavedFields<Name extends SavedText>({ schemas, words, said, isLocked, inputMode }: Props<Name>) {
  const { container } = useSettingsDesk();
  const { data, error: unread, refetch } = useSavedSettings(container.id);
  const [typed, setTyped] = useState<Partial<Record<SavedText, string>>>({});
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const saved: SavedSettings | undefined = data?.saved;
  const fields = Object.keys(schemas) as Name[];
  const textOf = (field: Name) => typed[field] ?? saved?.[field] ?? '';
  const changed = fields.filter((field) => textOf(field).trim() !== (saved?.[field] ?? ''));
  const isWrong = (field: Name) => {
    const text = textOf(field).trim();
    return text !== '' && !schemas[field].safeParse(text).success;
  };
  const refused = error === null ? [] : wrongFields(error.envelope);
  const errorOf = (field: Name) => {
    if (tried && isWrong(field)) return words[field].issue;
    return refused.includes(field) ? words[field].refused : undefined;
  };
  const change = (field: Name, text: string) => {
    setTyped({ ...typed, [field]: text });
    if (refused.includes(field)) setError(null);
  };
  const save = async () => {
    setTried(true);
    if (changed.some(isWrong)) return announce(said.wrong, 'assertive');
    setBusy(true);
    setError(null);
    try {
      const body = Object.fromEntries(changed.map((field) => [field, textOf(field).trim() || null]));
      await api('PUT', `/containers/${container.id}/settings`, { body });
      await refetch();
      setTyped({});
      announce(said.saved);
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ErrorNotice error={error ?? (unread instanceof ApiError ? unread : null)} />
      <FieldPair>
        {fields.map((field) => (
          <Field
            key={field}
            label={words[field].label}
            hint={words[field].hint}
            error={errorOf(field)}
            data-field={field}
          >
            {(control) => (
              <Input
                {...control}
                name={field}
                value={textOf(field)}
                readOnly={isLocked(field)}
                disabled={saved === undefined}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                inputMode={inputMode}
                onChange={({ target }) => change(field, target.value)}
              />
            )}
          </Field>
        ))}
      </FieldPair>
      {changed.length > 0 && (
        <Button look="primary" loading={busy} className="self-start" onClick={() => void save()}>
          {said.save}
        </Button>
      )}
      <LeaveGuard dirty={changed.length > 0} text={said.lost} onDiscard={() => setTyped({})} />
    </>
  );
}
