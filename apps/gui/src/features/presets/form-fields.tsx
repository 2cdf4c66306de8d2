'use client';

import { type ComponentProps, type ReactNode, useState } from 'react';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Textarea } from '../../ui/input.tsx';

export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card aria-label={title} className="flex flex-col gap-4">
      <CardTitle>{title}</CardTitle>
      {children}
    </Card>
  );
}

interface TextProps extends Pick<ComponentProps<'input'>, 'inputMode' | 'disabled' | 'maxLength'> {
  label: string;
  hint?: string | undefined;
  required?: boolean;
  value: string;
  onValue: (value: string) => void;
}

export function TextField({ label, hint, required = false, value, onValue, ...rest }: TextProps) {
  return (
    <Field label={label} hint={hint} required={required}>
      {(control) => (
        <Input
          {...control}
          {...rest}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

/** Text while it is typed: `0.` is on its way to a number. What is none counts as nothing. */
export function NumberField({
  label,
  value,
  onNumber,
}: {
  label: string;
  value: number | undefined;
  onNumber: (value: number) => void;
}) {
  const [text, setText] = useState(value === undefined || value === 0 ? '' : String(value));
  const shown = toNumber(text) === (value ?? 0) ? text : String(value ?? '');
  return (
    <TextField
      label={label}
      inputMode="decimal"
      value={shown}
      onValue={(typed) => {
        setText(typed);
        onNumber(toNumber(typed));
      }}
    />
  );
}

const toNumber = (text: string): number => Number(text) || 0;

export function LinesField({ label, hint, value, onValue }: Pick<TextProps, 'label' | 'hint' | 'value' | 'onValue'>) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Textarea
          {...control}
          spellCheck={false}
          className="min-h-20 font-mono text-xs"
          defaultValue={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}

export function CheckField({
  label,
  checked,
  onCheck,
}: {
  label: ReactNode;
  checked: boolean;
  onCheck: (checked: boolean) => void;
}) {
  return (
    <label className="flex items-center gap-2 py-1">
      <Checkbox checked={checked} onChange={({ target }) => onCheck(target.checked)} />
      <span>{label}</span>
    </label>
  );
}
