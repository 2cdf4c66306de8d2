'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { AlertRule } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { useMay } from '../identity/me.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { initialSilence, SCOPE_KINDS, SILENCE_FIELDS, SILENCE_KINDS, type SilenceField, type SilenceKind, silenceRules, toSilence } from './silence-form.rules.ts'; // prettier-ignore
import { useThings } from './silence-things.ts';
import { SilenceTimeFields } from './silence-time-fields.tsx';

/** Which alerts, where, when and why. */
export function NewSilence({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const t = useTranslations('silences');
  const common = useTranslations('common');
  const rules = useTranslations('alerts.rules.name');
  const formId = useId();
  const isStaff = useMay('settings.see');
  const scopes = SCOPE_KINDS.filter((kind) => isStaff || kind === 'container' || kind === 'project');
  const [kind, setKind] = useState<SilenceKind>('for');
  const [days, setDays] = useState<ReadonlySet<number>>(new Set([7]));
  const [hasScope, setHasScope] = useState(!isStaff);
  const [initial] = useState(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return initialSilence(Date.now(), timeZone, isStaff ? 'everywhere' : 'container');
  });
  const form = useForm({
    fields: SILENCE_FIELDS,
    initial,
    rules: silenceRules(kind, hasScope),
    send: async (values) => {
      if (kind === 'weekly' && days.size === 0) return;
      await api('POST', '/silences', { body: toSilence(kind, values, days) });
      announce(t('create.done'));
      onSaved();
    },
  });
  const scope = SCOPE_KINDS.find((each) => each === form.values.scope) ?? 'everywhere';
  const things = useThings(scope);
  const wrong = (field: Exclude<SilenceField, 'rule' | 'scope' | 'duration'>) => form.problem(field) && t(`wrong.${field}`); // prettier-ignore
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title={t('create.title')}
        description={t('create.text')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {t('create.submit')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field label={t('field.reason')} required error={wrong('reason')}>
            {(control) => <Input {...form.control('reason', control)} autoComplete="off" maxLength={200} />}
          </Field>
          <Field label={t('field.rule')}>
            {(control) => (
              <Select {...form.control('rule', control)}>
                <option value="">{t('field.allRules')}</option>
                {AlertRule.options.map((rule) => (
                  <option key={rule} value={rule}>
                    {rules(rule)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t('field.scope')}>
            {(control) => (
              <Select
                {...form.control('scope', control)}
                onChange={({ target }) => {
                  form.change('scope', target.value);
                  form.change('thing', '');
                  setHasScope(target.value !== 'everywhere');
                }}
              >
                {scopes.map((each) => (
                  <option key={each} value={each}>
                    {t(`scope.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {hasScope && (
            <Field label={t('field.thing')} required error={wrong('thing')}>
              {(control) => (
                <Select {...form.control('thing', control)}>
                  <option value="">{t('field.choose')}</option>
                  {things?.map(({ id, name }) => (
                    <option key={id} value={id} translate="no">
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field label={t('field.kind')}>
            {(control) => (
              <Select
                {...control}
                value={kind}
                onChange={({ target }) => setKind(SILENCE_KINDS.find((each) => each === target.value) ?? 'for')}
              >
                {SILENCE_KINDS.map((each) => (
                  <option key={each} value={each}>
                    {t(`kind.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <SilenceTimeFields kind={kind} form={form} wrong={wrong} days={days} onDays={setDays} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
