'use client';

import { type SubmitEvent, useRef, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import type { FieldControl } from '../../ui/field.tsx';
import { type FieldProblem, type FieldProblems, type FieldRules, problemsIn, problemsOf } from './form.rules.ts';

interface FormOptions<Field extends string> {
  /** In the order of the screen. */
  fields: readonly Field[];
  initial: Record<Field, string>;
  rules: FieldRules<Field>;
  send: (values: Record<Field, string>) => Promise<unknown>;
}

/** A form whose input survives any answer: checked when left, then as it is mended, and by the core. */
export function useForm<Field extends string>({ fields, initial, rules, send }: FormOptions<Field>) {
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<FieldProblems<Field>>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const show = (found: FieldProblems<Field>) => {
    setProblems(found);
    const first = fields.find((field) => found[field] !== undefined);
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  };
  const check = (field: Field, value: string) =>
    setProblems((before) => {
      const { [field]: found } = problemsIn({ ...values, [field]: value }, rules, [field]);
      return { ...before, [field]: found };
    });
  const change = (field: Field, value: string) => {
    // One event may change two fields.
    setValues((before) => ({ ...before, [field]: value }));
    if (problems[field] !== undefined) check(field, value);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = problemsIn(values, rules, fields);
    setError(null);
    show(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    send(values)
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiError)) throw failure;
        const refused = problemsOf(failure.envelope, fields);
        show(refused);
        // What stands at the fields is not said twice.
        setError(Object.keys(refused).length > 0 ? null : failure);
      })
      .finally(() => setBusy(false));
  };

  return {
    values,
    busy,
    error,
    dirty: fields.some((field) => values[field] !== initial[field]),
    problem: (field: Field): FieldProblem | undefined => problems[field],
    change,
    /** Everything the element that takes a field needs. */
    control: (field: Field, control: FieldControl) => ({
      ...control,
      name: field,
      value: values[field],
      onChange: ({ target }: { target: { value: string } }) => change(field, target.value),
      onBlur: () => check(field, values[field]),
    }),
    props: { ref: form, method: 'post', noValidate: true, onSubmit: submit },
  };
}
