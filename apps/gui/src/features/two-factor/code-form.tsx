'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, type SubmitEvent, useRef, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useErrorWords } from '../shell/error-words.ts';

export interface CodeFormProps {
  text?: string;
  label: string;
  hint: string;
  submit: string;
  look?: ComponentProps<typeof Button>['look'];
  autoFocus?: boolean;
  onCode: (code: string) => Promise<void>;
  onCancel?: (() => void) | undefined;
}

/** Asks for a code of the app and says at the field what is wrong with it. */
export function CodeForm({
  text,
  label,
  hint,
  submit,
  look = 'primary',
  autoFocus = true,
  onCode,
  onCancel,
}: CodeFormProps) {
  const t = useTranslations('account.twoFactor');
  const common = useTranslations('common');
  const toWords = useErrorWords();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    onCode(input.current?.value ?? '').catch((failure: unknown) => {
      setBusy(false);
      if (!(failure instanceof ApiError)) throw failure;
      const { text: said, hint: advice } = toWords(failure.envelope);
      setWrong(failure.envelope.code === 'invalid_request' ? t('wrongCode') : `${said} ${advice}`);
      input.current?.focus();
      input.current?.select();
    });
  };

  return (
    <form method="post" noValidate onSubmit={send} className="flex max-w-sm flex-col gap-3">
      {text !== undefined && <p className="text-fg-2">{text}</p>}
      <Field label={label} hint={hint} error={wrong}>
        {(control) => (
          <Input
            {...control}
            ref={input}
            name="code"
            autoFocus={autoFocus}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={20}
            className="font-mono"
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look={look} loading={busy}>
          {submit}
        </Button>
        {onCancel && <Button onClick={onCancel}>{common('cancel')}</Button>}
      </div>
    </form>
  );
}
