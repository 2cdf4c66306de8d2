'use client';

import { useTranslations } from 'next-intl';
import type { InvitationState } from '@bailiwick/contract';
import { changeAddress } from '../../lib/address.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { STATES } from './invitation-view.rules.ts';

/** By what became of them; it stands in the address. */
export function InvitationFilter({ state }: { state: InvitationState | null }) {
  const t = useTranslations('invitations');
  const show = (next: string) =>
    changeAddress(`${window.location.pathname}${next === '' ? '' : `?state=${next}`}`, 'replace');
  return (
    <Field label={t('state')} className="mb-3 max-w-60">
      {(control) => (
        <Select {...control} value={state ?? ''} onChange={({ target }) => show(target.value)}>
          <option value="">{t('all')}</option>
          {STATES.map((each) => (
            <option key={each} value={each}>
              {t(`states.${each}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
