'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { TeamAnswer, Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { useMe } from '../identity/me.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { MemberPicker } from './member-picker.tsx';
import { isTeamDescription, isTeamName } from './team-form.rules.ts';

export function NewTeam({ tenants, onClose }: { tenants: readonly Tenant[]; onClose: () => void }) {
  const t = useTranslations('teams.create');
  const field = useTranslations('teams.field');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const own = useMe().tenant.slug;
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set());
  const form = useForm({
    fields: ['name', 'description', 'tenant'],
    initial: { name: '', description: '', tenant: own },
    rules: { name: isTeamName, description: isTeamDescription, tenant: () => true },
    send: async ({ name, description, tenant }) => {
      const body = { tenant, name: name.trim(), description: description.trim(), members: [...members] };
      const { item } = await api<TeamAnswer>('POST', '/teams', { body });
      announce(t('done', { name: item.name }));
      router.push(`/teams/${item.id}`);
    },
  });
  const open = tenants.filter(({ archivedAt, broken }) => archivedAt === null && !broken);
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('text')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {t('title')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field
            label={field('name')}
            required
            error={form.problem('name') && field(form.problem('name') === 'taken' ? 'taken' : 'wrong.name')}
          >
            {(control) => <Input {...form.control('name', control)} autoComplete="off" maxLength={96} />}
          </Field>
          <Field label={field('description')} error={form.problem('description') && field('wrong.description')}>
            {(control) => <Input {...form.control('description', control)} autoComplete="off" maxLength={300} />}
          </Field>
          {open.length > 1 && (
            <Field label={field('tenant')} hint={field('tenantHint')}>
              {(control) => (
                <Select
                  {...form.control('tenant', control)}
                  onChange={({ target }) => {
                    form.change('tenant', target.value);
                    setMembers(new Set());
                  }}
                >
                  {open.map(({ slug, name }) => (
                    <option key={slug} value={slug} translate="no">
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <div>
            <p className="mb-1 text-sm font-medium">{field('members')}</p>
            <MemberPicker tenant={form.values.tenant} members={[]} chosen={members} onChange={setMembers} />
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
