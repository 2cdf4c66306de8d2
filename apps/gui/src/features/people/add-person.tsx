'use client';

import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useId } from 'react';
import type { Role, Tenant, UserAnswer } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { PasswordInput } from '../identity/password-input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { usePeopleRefresh } from './people-hooks.ts';
import { NameFields, PlatformRoleSelect, RoleTagField, TenantSelect } from './person-fields.tsx';
import { NEW_PERSON, NEW_PERSON_FIELDS, NEW_PERSON_RULES, toCreateUser } from './person-form.rules.ts';

interface Props {
  tenants: readonly Tenant[];
  roles: readonly Role[];
  onClose: () => void;
}

/** A new account; what was typed stays whatever the answer is. */
export function AddPerson({ tenants, roles, onClose }: Props) {
  const t = useTranslations('people.add');
  const field = useTranslations('people.field');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const refresh = usePeopleRefresh();
  const form = useForm({
    fields: NEW_PERSON_FIELDS,
    initial: NEW_PERSON,
    rules: NEW_PERSON_RULES,
    send: async (values) => {
      const { item } = await api<UserAnswer>('POST', '/users', { body: toCreateUser(values) });
      const text = t('done', { name: item.displayName });
      announce(text);
      toast(text, { action: { label: t('show'), onClick: () => router.push(`/people/${item.id}`) } });
      refresh();
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
        // A click beside the dialog does not throw away what was typed.
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <NameFields form={form} />
          {tenants.length > 1 && <TenantSelect form={form} tenants={tenants} />}
          <PlatformRoleSelect form={form} />
          <RoleTagField form={form} roles={roles} />
          <Field
            label={field('password')}
            hint={t('passwordHint')}
            error={form.problem('password') && field('wrong.password')}
          >
            {(control) => <PasswordInput {...form.control('password', control)} autoComplete="new-password" />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
