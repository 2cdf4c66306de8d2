'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { Container, ContainerThreshold, ContainerThresholdList, PutContainerThreshold } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { THRESHOLD_FIELDS, THRESHOLD_FORM_RULES, type ThresholdField, toThreshold, toThresholdValues } from '../alerts/alert-rule-form.rules.ts'; // prettier-ignore
import { useSpan } from '../alerts/alert-words.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { useForm } from '../shell/use-form.ts';

interface Props {
  container: Pick<Container, 'id' | 'rights'>;
  first: readonly ContainerThreshold[];
}

/** From where on alerts open of what this container uses. */
export function OwnThresholds({ container: { id, rights }, first }: Props) {
  const t = useTranslations('alerts.own');
  const titleId = useId();
  const [items, setItems] = useState(first);
  const put = async (body: PutContainerThreshold) => {
    const list = await api<ContainerThresholdList>('PUT', `/containers/${id}/thresholds`, { body });
    setItems(list.items);
    announce(t(body.threshold === null ? 'removed' : 'saved'));
  };
  return (
    <Card aria-labelledby={titleId} className="mt-4 max-w-5xl">
      <h2 id={titleId} className="font-semibold">
        {t('title')}
      </h2>
      <p className="text-sm text-fg-2">{t('text')}</p>
      <div className="mt-3 grid gap-6 md:grid-cols-2">
        {items.map((item) => (
          <OneThreshold
            key={`${item.rule} ${item.setAt ?? ''}`}
            item={item}
            mayChange={rights.can.includes('containers.settingsResources')}
            onPut={(threshold) => put({ rule: item.rule, threshold })}
          />
        ))}
      </div>
    </Card>
  );
}

interface OneProps {
  item: ContainerThreshold;
  mayChange: boolean;
  onPut: (threshold: PutContainerThreshold['threshold']) => Promise<void>;
}

function OneThreshold({ item: { rule, on, general, own, setBy, setAt }, mayChange, onPut }: OneProps) {
  const t = useTranslations('alerts.own');
  const words = useTranslations('alerts.rules');
  const toSpan = useSpan();
  const showError = useErrorToast();
  const [isRemoving, setRemoving] = useState(false);
  const form = useForm({
    fields: THRESHOLD_FIELDS,
    initial: toThresholdValues(own ?? general),
    rules: THRESHOLD_FORM_RULES,
    send: (values) => onPut(toThreshold(values)),
  });
  const wrong = (field: ThresholdField) => form.problem(field) && words(`wrong.${field}`);
  const remove = () => {
    setRemoving(true);
    onPut(null)
      .catch(showError)
      .finally(() => setRemoving(false));
  };
  return (
    <form {...form.props} data-rule={rule} className="min-w-0">
      <fieldset disabled={!mayChange} className="flex flex-col gap-2">
        <legend className="font-medium">{words(`name.${rule}`)}</legend>
        <p className="text-sm text-fg-2">
          {t('rule', { percent: general.percent, duration: toSpan(general.durationMs) })}
          {!on && ` ${t('off')}`}
        </p>
        {setBy !== null && setAt !== null && (
          <p className="text-sm text-fg-2">{t.rich('setBy', { name: setBy, at: () => <TimeAgo at={setAt} /> })}</p>
        )}
        <ErrorNotice error={form.error} />
        <div className="flex flex-wrap items-start gap-3">
          {THRESHOLD_FIELDS.map((field) => (
            <Field key={field} label={words(field)} error={wrong(field)} className="w-36">
              {(control) => <Input {...form.control(field, control)} inputMode="decimal" autoComplete="off" />}
            </Field>
          ))}
          {mayChange && form.dirty && (
            <Button type="submit" look="primary" loading={form.busy} className="self-end">
              {t('save')}
            </Button>
          )}
          {mayChange && own !== null && !form.dirty && (
            <Button onClick={remove} loading={isRemoving} className="self-end">
              {t('remove')}
              <span className="sr-only"> · {words(`name.${rule}`)}</span>
            </Button>
          )}
        </div>
      </fieldset>
    </form>
  );
}
