'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useRef, useState } from 'react';
import type { ClaimSetup, Me } from '@bailiwick/contract';
import { api, ApiError, rememberCsrf } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { wrongFields } from '../shell/field-issues.ts';
import { PasswordInput } from './password-input.tsx';
import { addressAfter } from './setup-steps.rules.ts';
import { type OwnerField, wrongOwnerFields } from './setup.rules.ts';

const EMPTY: ClaimSetup = { token: '', displayName: '', username: '', password: '' };
const TOKEN_FILE = 'storage/keys/setup-token';

/** The first person: token, name, password. Values stay whatever the answer is. */
export function SetupOwner() {
  const t = useTranslations('setup');
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(EMPTY);
  const [wrong, setWrong] = useState<readonly OwnerField[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const check = (field: OwnerField) =>
    setWrong((before) => [...before.filter((each) => each !== field), ...wrongOwnerFields(values, [field])]);
  const showWrong = (fields: readonly OwnerField[]) => {
    setWrong(fields);
    const [first] = fields;
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = wrongOwnerFields(values);
    if (fields.length > 0) return showWrong(fields);
    setBusy(true);
    setError(null);
    claim(values)
      .then(() => router.replace(addressAfter('owner')))
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
        showWrong(refusedFields(failure));
      });
  };

  const input = (field: OwnerField, control: FieldControl) => ({
    ...control,
    name: field,
    value: values[field],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
    onBlur: () => check(field),
  });
  const wrongText = (field: OwnerField) => (wrong.includes(field) ? t(`wrong.${field}`) : undefined);

  return (
    <>
      <h1 className="text-xl font-semibold">{t('owner.title')}</h1>
      <p className="mt-1 mb-4 text-fg-2">{t('owner.description')}</p>
      <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <ErrorNotice error={error} />
        <Field label={t('owner.token')} hint={t('owner.tokenHint', { file: TOKEN_FILE })} error={wrongText('token')}>
          {(control) => (
            <Input {...input('token', control)} autoComplete="off" spellCheck={false} className="font-mono" autoFocus />
          )}
        </Field>
        <Field label={t('owner.displayName')} error={wrongText('displayName')}>
          {(control) => <Input {...input('displayName', control)} autoComplete="name" />}
        </Field>
        <Field label={t('owner.username')} hint={t('owner.usernameHint')} error={wrongText('username')}>
          {(control) => (
            <Input {...input('username', control)} autoComplete="username" autoCapitalize="none" spellCheck={false} />
          )}
        </Field>
        <Field label={t('owner.password')} hint={t('owner.passwordHint')} error={wrongText('password')}>
          {(control) => <PasswordInput {...input('password', control)} autoComplete="new-password" />}
        </Field>
        <Button type="submit" look="primary" loading={busy}>
          {t('owner.submit')}
        </Button>
        <noscript>
          <p className="text-sm text-fg-2">{t('needsScript')}</p>
        </noscript>
      </form>
    </>
  );
}

async function claim(values: ClaimSetup): Promise<void> {
  const body = { ...values, token: values.token.trim(), displayName: values.displayName.trim() };
  const me = await api<Me>('POST', '/setup', { body });
  rememberCsrf(me.csrf);
}

function refusedFields({ envelope }: ApiError): OwnerField[] {
  if (envelope.code === 'setup_token_invalid') return ['token'];
  if (envelope.code === 'weak_password') return ['password'];
  const paths = wrongFields(envelope);
  return FIELDS.filter((field) => paths.includes(field));
}

const FIELDS: readonly OwnerField[] = ['token', 'displayName', 'username', 'password'];
