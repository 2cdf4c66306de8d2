'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { type AlertRule, type Channel, ChannelKind, type Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { CHANNEL_FIELDS, type ChannelField, channelRules, FIELDS_OF, initialValues, isNeeded, isSecret, newSecret, toChannelBody } from './channel-form.rules.ts'; // prettier-ignore
import { ChannelRules } from './channel-rules.tsx';

interface Props {
  /** Null for a new one. */
  channel: Channel | null;
  tenants: readonly Tenant[];
  /** Where channels like it are asked for. */
  base: `/${string}`;
  /** Whether a tenant sets it up itself: of its things alone, and letters are not its to send. */
  isOfTenant: boolean;
  onClose: () => void;
  onSaved: () => void;
}

/** All a channel is set to; another kind begins anew. */
export function ChannelForm(props: Props) {
  const [kind, setKind] = useState<ChannelKind>(
    props.channel?.settings.kind ?? (props.isOfTenant ? 'webhook' : 'mail'),
  );
  return <FormOfKind key={kind} {...props} kind={kind} onKind={setKind} />;
}

function FormOfKind({
  channel,
  tenants,
  base,
  isOfTenant,
  onClose,
  onSaved,
  kind,
  onKind,
}: Props & { kind: ChannelKind; onKind: (kind: ChannelKind) => void }) {
  // prettier-ignore
  const t = useTranslations('channels');
  const common = useTranslations('common');
  const formId = useId();
  const [rules, setRules] = useState<ReadonlySet<AlertRule> | null>(channel?.rules ? new Set(channel.rules) : null);
  const [recoveries, setRecoveries] = useState(channel?.recoveries ?? true);
  const [enabled, setEnabled] = useState(channel?.enabled ?? true);
  const form = useForm({
    fields: CHANNEL_FIELDS,
    initial: initialValues(kind, channel),
    rules: channelRules(kind, channel),
    send: async (values) => {
      if (rules?.size === 0) return;
      const body = toChannelBody(kind, values, { rules, recoveries, enabled, isOfTenant });
      await (channel ? api('PUT', `${base}/${channel.id}`, { body }) : api('POST', base, { body }));
      announce(channel ? t('edit.saved') : t('create.done'));
      onSaved();
    },
  });
  const wrong = (field: ChannelField) => {
    const problem = form.problem(field);
    if (problem === undefined || field === 'tenant') return undefined;
    return problem === 'taken' ? t('wrong.taken') : t(`wrong.${field}`);
  };
  const hintOf = (field: ChannelField): string | undefined => {
    if (channel && isSecret(field)) return field === 'token' ? t('field.tokenStays') : t('field.stays');
    if (field === 'token') return kind === 'ntfy' ? t('field.tokenOptional') : t('field.tokenHint');
    if (field === 'to' || field === 'url' || field === 'secret' || field === 'chat') return t(`field.${field}Hint`);
    return undefined;
  };
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title={channel ? t('edit.title', { name: channel.name }) : t('create.title')}
        description={channel ? undefined : t('create.text')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {channel ? t('edit.save') : t('create.submit')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          {!channel && (
            <Field label={t('field.kind')}>
              {(control) => (
                <Select {...control} value={kind} onChange={({ target }) => onKind(ChannelKind.parse(target.value))}>
                  {ChannelKind.options
                    .filter((each) => !isOfTenant || each !== 'mail')
                    .map((each) => (
                      <option key={each} value={each}>
                        {t(`kind.${each}`)}
                      </option>
                    ))}
                </Select>
              )}
            </Field>
          )}
          <Field label={t('field.name')} required error={wrong('name')}>
            {(control) => <Input {...form.control('name', control)} autoComplete="off" maxLength={60} />}
          </Field>
          {FIELDS_OF[kind].map((field) => (
            <Field
              key={field}
              label={t(`field.${field}`)}
              required={isNeeded(kind, field, channel)}
              hint={hintOf(field)}
              error={wrong(field)}
            >
              {(control) =>
                field === 'to' ? (
                  <Textarea {...form.control(field, control)} className="min-h-20" spellCheck={false} />
                ) : (
                  <span className="flex gap-2">
                    <Input {...form.control(field, control)} autoComplete="off" spellCheck={false} />
                    {field === 'secret' && (
                      <Button type="button" onClick={() => form.change('secret', newSecret())}>
                        {t('field.generate')}
                      </Button>
                    )}
                  </span>
                )
              }
            </Field>
          ))}
          {!isOfTenant && channel?.delegated !== true && tenants.length > 1 && (
            <Field label={t('field.tenant')}>
              {(control) => (
                <Select {...form.control('tenant', control)}>
                  <option value="">{t('field.everybody')}</option>
                  {tenants.map(({ id, name }) => (
                    <option key={id} value={id} translate="no">
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <ChannelRules chosen={rules} onChange={setRules} />
          <Choice label={t('field.recoveries')} on={recoveries} onChange={setRecoveries} />
          <Choice label={t('field.enabled')} on={enabled} onChange={setEnabled} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

const Choice = ({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) => (
  <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
    <Checkbox checked={on} onChange={({ target }) => onChange(target.checked)} />
    {label}
  </label>
);
