'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FieldChange } from '@bailiwick/contract';
import { useFieldName, useValueWords, variablesIn } from './configuration-words.ts';
import { HowBadge } from './setting-field.tsx';

/** Field by field: what it is, what it will be, and how that comes about. */
export function ChangeList({ fields }: { fields: readonly FieldChange[] }) {
  const toName = useFieldName();
  return (
    <ul className="flex flex-col divide-y divide-line">
      {fields.map((change) => (
        <li
          key={change.field}
          data-slot="field-change"
          data-field={change.field}
          className="flex flex-col gap-0.5 py-2"
        >
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{toName(change.field)}</span>
            <HowBadge how={change.how} />
          </span>
          <FromTo change={change} />
        </li>
      ))}
    </ul>
  );
}

function FromTo({ change }: { change: FieldChange }) {
  const t = useTranslations('configuration');
  const toWords = useValueWords();
  const variables = variablesIn(change);
  if (variables !== null)
    return (
      <span className="text-fg-2">
        {(['added', 'changed', 'removed'] as const)
          .filter((each) => variables[each].length > 0)
          .map((each) => (
            <span key={each} className="block break-all">
              {t(`variables.${each}`, { names: variables[each].join(', ') })}
            </span>
          ))}
      </span>
    );
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-fg-2">
      <span className="sr-only">{t('from')}</span>
      <span className="min-w-0 break-all">{toWords(change.field, change.from)}</span>
      <ArrowRight aria-hidden className="size-3.5 shrink-0 rtl:rotate-180" />
      <span className="sr-only">{t('to')}</span>
      <span className="min-w-0 break-all text-fg">{toWords(change.field, change.to)}</span>
    </span>
  );
}
