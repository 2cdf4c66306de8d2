'use client';

import { useTranslations } from 'next-intl';
import type { GrantableRole } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';

interface Props {
  roles: readonly GrantableRole[];
  defaultRole: string;
  /** Empty: the default role of the project. */
  value: string;
  onChoose: (role: string) => void;
}

/** As what somebody is in a project; only what the reader holds can be handed on. */
export function RoleChoice({ roles, defaultRole, value, onChoose }: Props) {
  const t = useTranslations('projects.members');
  const chosen = roles.find(({ name }) => name === (value === '' ? defaultRole : value));
  return (
    <Field label={t('role')} hint={chosen?.description === '' ? undefined : chosen?.description}>
      {(control) => (
        <Select {...control} value={value} onChange={({ target }) => onChoose(target.value)}>
          <option value="">{t('roleDefault', { role: defaultRole })}</option>
          {roles.map(({ name, missing }) => (
            <option key={name} value={name} translate="no" disabled={missing.length > 0}>
              {missing.length > 0 ? t('roleBeyond', { role: name }) : name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
