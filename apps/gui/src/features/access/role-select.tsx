'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import type { GrantableRole } from '@bailiwick/contract';
import { Select } from '../../ui/input.tsx';
import { useAccessWords } from './access-words.ts';

const FIRST = ['observer', 'operator', 'developer', 'maintainer'];
/** As an option: by the role each person carries. */
const CARRIED = '~';

interface Props extends Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'role'> {
  roles: readonly GrantableRole[];
  /** Null: by the role they carry; undefined: nothing is given. */
  role: string | null | undefined;
  carries: string | null;
  onRole: (role: string | null) => void;
}

/** What somebody is here, of the roles the reader could give. */
export function RoleSelect({ roles, role, carries, onRole, ...rest }: Props) {
  const t = useTranslations('access.roleSelect');
  const words = useAccessWords();
  const place = ({ name }: GrantableRole) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  const sorted = [...roles].sort((one, other) => place(one) - place(other));
  const gone = typeof role === 'string' && !roles.some(({ name }) => name === role) ? role : null;
  return (
    <Select
      value={role === undefined ? '' : (role ?? CARRIED)}
      onChange={({ target: { value } }) => onRole(value === CARRIED ? null : value)}
      {...rest}
    >
      {role === undefined && (
        <option value="" disabled>
          {t('choose')}
        </option>
      )}
      {gone !== null && <option value={gone}>{words.role(gone)}</option>}
      {sorted.map(({ name, missing }) => (
        <option key={name} value={name} disabled={missing.length > 0 && name !== role}>
          {missing.length > 0 ? t('locked', { role: words.role(name) }) : words.role(name)}
        </option>
      ))}
      <option value={CARRIED}>{words.roleOrCarried(null, carries)}</option>
    </Select>
  );
}
