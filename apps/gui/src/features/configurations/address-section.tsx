'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DomainName, LaunchUrl, type SavedSettings } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { useAddress } from './configuration-queries.ts';
import { FieldPair, Locked } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';
import { Section } from './startup-sections.tsx';

type Address = Pick<SavedSettings, 'domainName' | 'launchUrl'>;
const FIELDS = ['domainName', 'launchUrl'] as const satisfies Array<keyof Address>;
const SCHEMAS = { domainName: DomainName, launchUrl: LaunchUrl };

/** How people reach it. It says nothing to the container, so that it counts as soon as it is saved. */
export function AddressSection() {
  const t = useTranslations('configuration.address');
  const issue = useTranslations('deploy.issue');
  const { container, refusalOf } = useSettingsDesk();
  const { data, error: unread, refetch } = useAddress(container.id);
  const [typed, setTyped] = useState<Partial<Record<keyof Address, string>>>({});
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isLocked = refusalOf('ports') !== null;
  const saved = data?.saved;
  const textOf = (field: keyof Address) => typed[field] ?? saved?.[field] ?? '';
  const changed = FIELDS.filter((field) => textOf(field).trim() !== (saved?.[field] ?? ''));
  const isWrong = (field: keyof Address) => {
    const text = textOf(field).trim();
    return text !== '' && !SCHEMAS[field].safeParse(text).success;
  };
  const save = async () => {
    setTried(true);
    if (changed.some(isWrong)) return announce(t('wrong'), 'assertive');
    setBusy(true);
    setError(null);
    try {
      const body = Object.fromEntries(changed.map((field) => [field, textOf(field).trim() || null]));
      await api('PUT', `/containers/${container.id}/settings`, { body });
      await refetch();
      setTyped({});
      announce(t('saved'));
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t('title')}>
      <p className="text-fg-2">{t('text')}</p>
      <ErrorNotice error={error ?? (unread instanceof ApiError ? unread : null)} />
      <Locked field="ports" />
      <FieldPair>
        {FIELDS.map((field) => (
          <Field
            key={field}
            label={t(field)}
            hint={t(`${field}Hint`)}
            error={tried && isWrong(field) ? issue(field) : undefined}
            data-field={field}
          >
            {(control) => (
              <Input
                {...control}
                name={field}
                value={textOf(field)}
                readOnly={isLocked}
                disabled={saved === undefined}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                inputMode="url"
                onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
              />
            )}
          </Field>
        ))}
      </FieldPair>
      {changed.length > 0 && (
        <Button look="primary" loading={busy} className="self-start" onClick={() => void save()}>
          {t('save')}
        </Button>
      )}
      <LeaveGuard dirty={changed.length > 0} text={t('lost')} onDiscard={() => setTyped({})} />
    </Section>
  );
}
