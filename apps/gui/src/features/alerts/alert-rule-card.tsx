'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { AlertRuleList, AlertRuleState, AlertThreshold, AmountRule, PutAlertRule } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { useForm } from '../shell/use-form.ts';
import { SEVERITY_ICONS } from './alert.rules.ts';
import {
  isAmount,
  isAmountRule,
  THRESHOLD_FIELDS,
  THRESHOLD_FORM_RULES,
  toAmount,
  toAmountText,
  toThreshold,
  toThresholdValues,
} from './alert-rule-form.rules.ts';

interface Props {
  state: AlertRuleState;
  mayChange: boolean;
  onSaved: (rules: readonly AlertRuleState[]) => void;
}

/** One rule: whether it is on, and its number where it holds one. */
export function AlertRuleCard({ state, mayChange, onSaved }: Props) {
  const t = useTranslations('alerts');
  const { rule, severity, on, threshold, amount } = state;
  const titleId = useId();
  const showError = useErrorToast();
  const put = async (change: Omit<PutAlertRule, 'rule'>) => {
    const { items } = await api<AlertRuleList>('PUT', '/settings/alert-rules', { body: { rule, ...change } });
    onSaved(items);
    announce(t('rules.saved'));
  };
  // Of the same moment as the click: a mutation tells a moment later that it has begun.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const turn = (isOn: boolean) => {
    setWanted(isOn);
    put({ on: isOn })
      .catch(showError)
      .finally(() => setWanted(null));
  };
  return (
    <Card aria-labelledby={titleId} data-rule={rule}>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 grow basis-56">
          <h2 id={titleId} className="font-semibold">
            {t(`rules.name.${rule}`)}
          </h2>
          <p className="text-sm text-fg-2">{t(`rules.what.${rule}`)}</p>
        </div>
        <StatusBadge icon={SEVERITY_ICONS[severity]} look="pill">
          {t(`severity.${severity}`)}
        </StatusBadge>
        <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
          <Checkbox
            checked={wanted ?? on}
            disabled={!mayChange || wanted !== null}
            onChange={({ target }) => turn(target.checked)}
          />
          {t('rules.on')}
          <span className="sr-only"> · {t(`rules.name.${rule}`)}</span>
        </label>
      </div>
      {threshold && (
        <ThresholdForm
          key={JSON.stringify(threshold)}
          threshold={threshold}
          mayChange={mayChange}
          send={(changed) => put({ on, threshold: changed })}
        />
      )}
      {amount !== null && isAmountRule(rule) && (
        <AmountForm
          key={amount}
          rule={rule}
          amount={amount}
          mayChange={mayChange}
          send={(changed) => put({ on, amount: changed })}
        />
      )}
    </Card>
  );
}

interface FormProps {
  threshold: AlertThreshold;
  mayChange: boolean;
  send: (threshold: AlertThreshold) => Promise<void>;
}

function ThresholdForm({ threshold, mayChange, send }: FormProps) {
  const t = useTranslations('alerts.rules');
  const form = useForm({
    fields: THRESHOLD_FIELDS,
    initial: toThresholdValues(threshold),
    rules: THRESHOLD_FORM_RULES,
    send: (values) => send(toThreshold(values)),
  });
  return (
    <form {...form.props} className="mt-3">
      <fieldset disabled={!mayChange} className="flex flex-wrap items-start gap-3">
        <ErrorNotice error={form.error} />
        {THRESHOLD_FIELDS.map((field) => (
          <Field key={field} label={t(field)} error={form.problem(field) && t(`wrong.${field}`)} className="w-36">
            {(control) => <Input {...form.control(field, control)} inputMode="decimal" autoComplete="off" />}
          </Field>
        ))}
        {mayChange && form.dirty && (
          <Button type="submit" look="primary" loading={form.busy} className="self-end">
            {t('save')}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

interface AmountProps {
  rule: AmountRule;
  amount: number;
  mayChange: boolean;
  send: (amount: number) => Promise<void>;
}

function AmountForm({ rule, amount, mayChange, send }: AmountProps) {
  const t = useTranslations('alerts.rules');
  const form = useForm({
    fields: ['amount'],
    initial: { amount: toAmountText(rule, amount) },
    rules: { amount: (text) => isAmount(rule, text) },
    send: (values) => send(toAmount(rule, values.amount)),
  });
  return (
    <form {...form.props} className="mt-3">
      <fieldset disabled={!mayChange} className="flex flex-wrap items-start gap-3">
        <ErrorNotice error={form.error} />
        <Field label={t(`amount.${rule}`)} error={form.problem('amount') && t(`wrong.amount.${rule}`)} className="w-48">
          {(control) => <Input {...form.control('amount', control)} inputMode="numeric" autoComplete="off" />}
        </Field>
        {mayChange && form.dirty && (
          <Button type="submit" look="primary" loading={form.busy} className="self-end">
            {t('save')}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
