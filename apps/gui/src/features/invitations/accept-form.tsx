'use client';

import { useTranslations } from 'next-intl';
import type { AcceptInvitation, InvitationView } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { isDisplayName, isPassword, isUsername } from '../identity/account-fields.rules.ts';
import { PasswordInput } from '../identity/password-input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';

interface Props {
  token: string;
  view: InvitationView;
  onDone: () => void;
}

/** What they choose themselves; everything else was decided by whoever invited them. */
export function AcceptForm({ token, view, onDone }: Props) {
  const t = useTranslations('login.invite');
  const form = useForm({
    fields: ['displayName', 'username', 'password'],
    initial: { displayName: '', username: '', password: '' },
    rules: { displayName: isDisplayName, username: isUsername, password: isPassword },
    send: async ({ displayName, username, password }) => {
      const body: AcceptInvitation = { token, displayName: displayName.trim(), username, password };
      await api('POST', '/invitations/accept', { body });
      onDone();
    },
  });
  const nameProblem = form.problem('username');
  return (
    <>
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-4 text-fg-2">
        {t('by', { who: view.invitedBy, tenant: view.tenant.name, email: view.email })}
      </p>
      <form {...form.props} className="flex flex-col gap-4">
        <ErrorNotice error={form.error} />
        <Field label={t('displayName')} error={form.problem('displayName') && t('wrong.displayName')}>
          {(control) => (
            <Input {...form.control('displayName', control)} autoComplete="name" maxLength={80} autoFocus />
          )}
        </Field>
        <Field
          label={t('username')}
          hint={t('usernameHint')}
          error={nameProblem && t(nameProblem === 'taken' ? 'wrong.taken' : 'wrong.username')}
        >
          {(control) => (
            <Input
              {...form.control('username', control)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label={t('password')} hint={t('passwordHint')} error={form.problem('password') && t('wrong.password')}>
          {(control) => <PasswordInput {...form.control('password', control)} autoComplete="new-password" />}
        </Field>
        <Button type="submit" look="primary" loading={form.busy}>
          {t('submit')}
        </Button>
      </form>
    </>
  );
}
