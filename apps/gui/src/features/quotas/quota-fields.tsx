'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { QUOTA_FIELDS, type QuotaField } from './quota-form.rules.ts';

interface Props {
  form: {
    problem: (field: QuotaField) => string | undefined;
    control: (field: QuotaField, control: FieldControl) => ComponentProps<typeof Input>;
  };
}

/** The four limits, of whatever they are. */
export function QuotaFields({ form }: Props) {
  const t = useTranslations('quotas.field');
  return (
    <div className="grid max-w-lg gap-4 sm:grid-cols-2">
      {QUOTA_FIELDS.map((limit) => (
        <Field
          key={limit}
          label={t(limit)}
          error={form.problem(limit) && t(limit === 'containers' ? 'wrong.whole' : 'wrong.amount')}
        >
          {(control) => (
            <Input
              {...form.control(limit, control)}
              inputMode={limit === 'containers' ? 'numeric' : 'decimal'}
              autoComplete="off"
              placeholder={t('noLimit')}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
