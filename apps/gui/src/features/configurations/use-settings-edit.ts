'use client';

import { useMemo, useState } from 'react';
import type { ChangeConfiguration, Configuration } from '@bailiwick/contract';
import { checkConfiguration } from './configuration-check.rules.ts';
import {
  type ConfigurationForm,
  FIELD_OF,
  type FormField,
  isChanged,
  isSame,
  startForm,
  toChange,
} from './configuration-form.rules.ts';
import { useIssueWords } from './configuration-words.ts';

/** What was typed over what is saved: only the fields that were touched, so that others follow what changes meanwhile. */
export function useSettingsEdit(
  applied: Configuration,
  saved: ChangeConfiguration | null,
  /** As if somebody had typed it. */
  proposed: Partial<ConfigurationForm>,
) {
  const [typed, setTyped] = useState(proposed);
  const [left, setLeft] = useState<ReadonlySet<string> | 'all'>(new Set());
  const toWords = useIssueWords();
  const start = useMemo(() => startForm(applied, saved), [applied, saved]);
  const form = useMemo<ConfigurationForm>(() => ({ ...start, ...typed }), [start, typed]);
  const issues = useMemo(() => checkConfiguration(applied, form), [applied, form]);
  const isWrong = Object.keys(issues).length > 0;
  const wanted = useMemo(() => (isWrong ? null : toChange(applied, form)), [applied, form, isWrong]);
  const touched = new Set(fieldsOf(form).filter((field) => !isSame(start[field], form[field])).map((field) => FIELD_OF[field])); // prettier-ignore
  return {
    form,
    /** What is to be saved, all of it; null while something in it is wrong. */
    wanted,
    /** How many fields are not as they are saved. */
    count: touched.size,
    isChanged: (field: FormField) => isChanged(applied, form, field),
    errorOf: (at: string) => (left === 'all' || left.has(at) ? toWords(issues[at]) : undefined),
    leave: (at: string) => setLeft((before) => (before === 'all' ? before : new Set([...before, at]))),
    judgeAll: () => setLeft('all'),
    change: (fields: Partial<ConfigurationForm>) => setTyped((before) => ({ ...before, ...fields })),
    discard: () => {
      setTyped({});
      setLeft(new Set());
    },
  };
}

const fieldsOf = (form: ConfigurationForm) => Object.keys(form) as FormField[];
