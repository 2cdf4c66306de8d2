'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Explanation, RequestAccess } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { useCapabilityWords } from './capability-words.ts';

const HOUR_MS = 3_600_000;
const DURATIONS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, none: null } as const;
type Duration = keyof typeof DURATIONS;
const CHOICES: readonly Duration[] = ['hour', 'day', 'week', 'none'];
const isDuration = (text: string): text is Duration => text in DURATIONS;

/** Asks whoever may give it for what somebody lacks. */
export function RequestAccessForm({ explanation: { capability, resource } }: { explanation: Explanation }) {
  const t = useTranslations('access.request');
  const words = useCapabilityWords();
  const [state, setState] = useState<'closed' | 'open' | 'sent'>('closed');
  const form = useForm({
    fields: ['reason', 'duration'],
    initial: { reason: '', duration: 'day' },
    rules: { reason: (text) => text.trim() !== '', duration: isDuration },
    send: async ({ reason, duration }) => {
      const durationMs = isDuration(duration) ? DURATIONS[duration] : null;
      const body: RequestAccess = { target: resource.target, capabilities: [capability], reason, durationMs };
      await api('POST', '/access/requests', { body });
      setState('sent');
    },
  });
  if (state === 'sent') return <p role="status">{t('sent', { what: words.name(capability) })}</p>;
  if (state === 'closed') {
    return (
      <Button look="primary" onClick={() => setState('open')}>
        {t('open')}
      </Button>
    );
  }
  return (
    <form {...form.props} className="flex flex-col gap-3 rounded-md border border-line p-3">
      <ErrorNotice error={form.error} />
      <Field label={t('reason')} hint={t('reasonHint')} required error={form.problem('reason') && t('missing')}>
        {(control) => <Input {...form.control('reason', control)} maxLength={300} autoFocus />}
      </Field>
      <Field label={t('for')}>
        {(control) => (
          <Select {...form.control('duration', control)}>
            {CHOICES.map((choice) => (
              <option key={choice} value={choice}>
                {t(`duration.${choice}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" look="primary" loading={form.busy} className="self-start">
        {t('send')}
      </Button>
    </form>
  );
}
