'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { type ExpiryChoice, toDay } from '../access/expiry.rules.ts';
import type { Wanted } from './duration.rules.ts';

interface Props {
  wanted: Wanted;
  onWant: (wanted: Wanted) => void;
  /** What was asked for, in words; a choice of its own where there is something to keep. */
  asked?: string;
  wrong: boolean;
}

const CHOICES = ['hour', 'today', 'week', 'date', 'none'] as const satisfies readonly ExpiryChoice[];

/** For how long: a usual span, a day, or without an end. */
export function DurationField({ wanted, onWant, asked, wrong }: Props) {
  const t = useTranslations('accessRequests.duration');
  const [today] = useState(() => toDay(new Date()));
  const choose = (value: string) => {
    const choice = value === 'asked' ? value : CHOICES.find((each) => each === value);
    if (choice) onWant({ choice, day: wanted.day === '' ? today : wanted.day });
  };
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('label')}>
        {(control) => (
          <Select {...control} name="duration" value={wanted.choice} onChange={({ target }) => choose(target.value)}>
            {asked !== undefined && <option value="asked">{t('asked', { span: asked })}</option>}
            {CHOICES.map((choice) => (
              <option key={choice} value={choice}>
                {t(choice)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {wanted.choice === 'date' && (
        <Field label={t('day')} error={wrong ? t('dayWrong') : undefined}>
          {(control) => (
            <Input
              {...control}
              name="day"
              type="date"
              min={today}
              value={wanted.day}
              onChange={({ target }) => onWant({ choice: 'date', day: target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
