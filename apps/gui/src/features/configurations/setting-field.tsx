'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CONFIGURATION_NEEDS, type HowApplied } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Textarea } from '../../ui/input.tsx';
import { isRightMissing } from '../access/rights.rules.ts';
import { WhyButton } from '../access/why-button.tsx';
import { useWhy } from '../containers/why-hook.ts';
import { type ConfigurationForm, FIELD_OF, type FormField, formOf } from './configuration-form.rules.ts';
import { useSettingsDesk } from './settings-desk.ts';

/** The fields that are one text. */
export type TextField = {
  [Field in FormField]: ConfigurationForm[Field] extends string ? Field : never;
}[FormField];

interface Props {
  field: Exclude<TextField, 'counted' | 'restart'>;
  label: string;
  hint?: string;
  /** One argument or pair a line. */
  lines?: boolean;
  inputMode?: 'numeric' | 'decimal' | 'text';
  placeholder?: string;
}

/** One text of the configuration, with what is applied where that is another. */
export function SettingField({ field, label, hint, lines = false, inputMode = 'text', placeholder }: Props) {
  const { form, change, leave, errorOf, refusalOf } = useSettingsDesk();
  const own = {
    name: field,
    value: form[field],
    readOnly: refusalOf(field) !== null,
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
    onChange: ({ target }: { target: { value: string } }) => change({ [field]: target.value }),
    onBlur: () => leave(field),
  };
  return (
    <Field label={label} hint={hint} error={errorOf(field)} data-field={field}>
      {(control) => (
        <>
          {lines ? (
            <Textarea {...control} {...own} className="min-h-20 font-mono" />
          ) : (
            <Input {...control} {...own} inputMode={inputMode} />
          )}
          <Changed field={field} />
        </>
      )}
    </Field>
  );
}

/** How a change comes about and what is applied until then; nothing where nothing is different. */
export function Changed({ field, now }: { field: FormField; now?: string }) {
  const t = useTranslations('configuration');
  const { applied, howOf, isChanged } = useSettingsDesk();
  if (!isChanged(field)) return null;
  const how = howOf(field);
  const before = now ?? shortly(formOf(applied)[field]);
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs text-fg-2" data-slot="changed">
      {how !== undefined && <HowBadge how={how} />}
      {before !== null && (
        <span className="min-w-0 break-all">
          {before === '' ? t('nowNothing') : t.rich('now', { value: () => <span translate="no">{before}</span> })}
        </span>
      )}
    </p>
  );
}

export function HowBadge({ how }: { how: HowApplied }) {
  const t = useTranslations('configuration.how');
  return <Badge tone={how === 'live' ? 'success' : 'warning'}>{t(how)}</Badge>;
}

/** Why what takes this right can only be read here; nothing where it can be changed. */
export function Locked({ field }: { field: FormField }) {
  const { container, refusalOf } = useSettingsDesk();
  const why = useWhy();
  const refusal = refusalOf(field);
  if (refusal === null) return null;
  const capability = CONFIGURATION_NEEDS[FIELD_OF[field]];
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs text-fg-2" data-slot="locked">
      <Lock aria-hidden className="size-3.5 shrink-0" />
      <span>{why(refusal)}</span>
      {isRightMissing(container.rights, capability) && <WhyButton resource={container.id} capability={capability} />}
    </p>
  );
}

export function FieldPair({ children }: { children: ReactNode }) {
  return <div className="grid items-start gap-4 sm:grid-cols-2">{children}</div>;
}

const shortly = (value: ConfigurationForm[FormField]): string | null =>
  typeof value === 'string' ? value.split('\n').join(' ') : null;
