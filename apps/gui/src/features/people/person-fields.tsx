'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { PlatformRole, Role, Tenant } from '@bailiwick/contract';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { useMay } from '../identity/me.tsx';
import type { FieldProblem } from '../shell/form.rules.ts';
import { PLATFORM_ROLES } from './people-view.rules.ts';

/** What `useForm` gives that these fields need of it. */
interface Form<Name extends string> {
  problem: (field: Name) => FieldProblem | undefined;
  control: (
    field: Name,
    control: FieldControl,
  ) => FieldControl & {
    name: string;
    value: string;
    onChange: (event: { target: { value: string } }) => void;
    onBlur: () => void;
  };
}

type NameField = 'username' | 'displayName' | 'email';

/** Who somebody is: the same three fields wherever an account is made or changed. */
export function NameFields({ form }: { form: Form<NameField> }) {
  const t = useTranslations('people.field');
  return (
    <>
      <Field label={t('displayName')} required error={form.problem('displayName') && t('wrong.displayName')}>
        {(control) => <Input {...form.control('displayName', control)} autoComplete="off" maxLength={80} />}
      </Field>
      <Field
        label={t('username')}
        hint={t('usernameHint')}
        required
        error={useNameProblem()('username', form.problem('username'))}
      >
        {(control) => (
          <Input {...form.control('username', control)} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        )}
      </Field>
      <Field label={t('email')} error={useNameProblem()('email', form.problem('email'))}>
        {(control) => <Input {...form.control('email', control)} type="email" autoComplete="off" spellCheck={false} />}
      </Field>
    </>
  );
}

function useNameProblem() {
  const t = useTranslations('people.field');
  return (field: 'username' | 'email', problem: FieldProblem | undefined) =>
    problem === undefined ? undefined : problem === 'taken' ? t(`taken.${field}`) : t(`wrong.${field}`);
}

export function RoleTagField({ form, roles }: { form: Form<'roleTag'>; roles: readonly Role[] }) {
  const t = useTranslations('people.field');
  return (
    <Field label={t('roleTag')} hint={t('roleTagHint')} error={form.problem('roleTag') && t('wrong.roleTag')}>
      {(control) => (
        <Select {...form.control('roleTag', control)}>
          <option value="">{t('noRoleTag')}</option>
          {roles.map(({ name }) => (
            <option key={name} value={name} translate="no">
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Tenants people may come to; the one somebody is in stands there as well. */
export function TenantSelect({
  form,
  tenants,
  keep,
  hint,
}: {
  form: Form<'tenant'>;
  tenants: readonly Tenant[];
  keep?: string;
  hint?: ReactNode;
}) {
  const t = useTranslations('people.field');
  const open = tenants.filter(({ slug, archivedAt, broken }) => slug === keep || (archivedAt === null && !broken));
  return (
    <Field label={t('tenant')} hint={hint} error={form.problem('tenant') && t('wrong.tenant')}>
      {(control) => (
        <Select {...form.control('tenant', control)}>
          {open.map(({ slug, name }) => (
            <option key={slug} value={slug} translate="no">
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Owners are made by owners only. */
export function PlatformRoleSelect({ form, keep }: { form: Form<'platformRole'>; keep?: PlatformRole }) {
  const t = useTranslations('people.field');
  const names = useTranslations('shell.account.role');
  const hints = useTranslations('people.roleHint');
  const mayMakeOwners = useMay('people.ownership');
  const offered = PLATFORM_ROLES.filter((role) => role !== 'owner' || mayMakeOwners || role === keep);
  return (
    <Field
      label={t('platformRole')}
      hint={t('platformRoleHint')}
      error={form.problem('platformRole') && t('wrong.platformRole')}
    >
      {(control) => (
        <Select {...form.control('platformRole', control)}>
          {offered.map((role) => (
            <option key={role} value={role}>
              {t('roleWithHint', { role: names(role), hint: hints(role) })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
