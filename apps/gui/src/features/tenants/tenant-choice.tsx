'use client';

import type { Tenant } from '@bailiwick/contract';
import { useTranslations } from 'next-intl';
import { Select } from '../../ui/input.tsx';

interface TenantChoiceProps {
  tenants: readonly Tenant[];
  /** What the address names a tenant by. */
  by: 'id' | 'slug';
  value: string;
  onChoose: (tenant: string) => void;
}

/** Narrows a list to one tenant; nothing to whoever sees one only. */
export function TenantChoice({ tenants, by, value, onChoose }: TenantChoiceProps) {
  const t = useTranslations('tenants.choice');
  if (tenants.length < 2) return null;
  return (
    <label>
      <span className="sr-only">{t('label')}</span>
      <Select name="tenant" value={value} className="w-auto max-w-48" onChange={({ target }) => onChoose(target.value)}>
        <option value="">{t('any')}</option>
        {tenants.map((tenant) => (
          <option key={tenant.id} value={tenant[by]} translate="no">
            {tenant.name}
          </option>
        ))}
      </Select>
    </label>
  );
}
