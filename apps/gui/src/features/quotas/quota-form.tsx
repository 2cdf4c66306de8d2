'use client';

import { useTranslations } from 'next-intl';
import type { QuotaHolder, QuotaState } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { useCapabilityName } from '../access/capability-words.ts';
import { useMay } from '../identity/me.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { QuotaFields } from './quota-fields.tsx';
import { QUOTA_FIELDS, QUOTA_RULES, toQuota, toQuotaValues } from './quota-form.rules.ts';
import { useQuota, useQuotaRefresh } from './quota-queries.ts';

/** Sets the limits of a person or a tenant; there once it is known what they are. */
export function QuotaForm({ subject }: { subject: QuotaHolder }) {
  const { data } = useQuota(subject);
  // Somebody else's change is shown at once; what is being typed here is then typed anew.
  return data && <Limits key={JSON.stringify(data.quota)} subject={subject} quota={data.quota} />;
}

function Limits({ subject, quota }: { subject: QuotaHolder; quota: QuotaState['quota'] }) {
  const t = useTranslations('quotas');
  const common = useTranslations('common');
  const toName = useCapabilityName();
  const may = useMay('tenants.quotas');
  const refresh = useQuotaRefresh();
  const form = useForm({
    fields: QUOTA_FIELDS,
    initial: toQuotaValues(quota),
    rules: QUOTA_RULES,
    send: async (values) => {
      await api<QuotaState>('PUT', `/quotas/${subject}`, { body: toQuota(values) });
      refresh(subject);
      announce(t('saved'));
      toast.success(t('saved'));
    },
  });
  return (
    <form {...form.props}>
      <fieldset disabled={!may} className="flex flex-col gap-4">
        {!may && (
          <p className="text-fg-2">{common('needs', { capability: toName('tenants.quotas') ?? 'tenants.quotas' })}</p>
        )}
        <ErrorNotice error={form.error} />
        <QuotaFields form={form} />
        <p className="text-xs text-fg-3">{t('hint')}</p>
        {may && (
          <div>
            <Button type="submit" look="primary" loading={form.busy} disabled={!form.dirty}>
              {t('save')}
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
