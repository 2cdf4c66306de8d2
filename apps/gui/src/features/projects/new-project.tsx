'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { ProjectAnswer, Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { useMe } from '../identity/me.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { PROJECT_RULES, toTags } from './project-form.rules.ts';

const FIELDS = ['name', 'description', 'tags', 'tenant', 'defaultRole'] as const;

interface Props {
  tenants: readonly Tenant[];
  roles: readonly string[];
  onClose: () => void;
}

export function NewProject({ tenants, roles, onClose }: Props) {
  const t = useTranslations('projects.create');
  const field = useTranslations('projects.field');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const own = useMe().tenant.slug;
  const { name, description, tags, defaultRole } = PROJECT_RULES;
  const form = useForm({
    fields: FIELDS,
    initial: { name: '', description: '', tags: '', tenant: own, defaultRole: 'operator' },
    rules: { name, description, tags, defaultRole, tenant: () => true },
    send: async (values) => {
      const body = {
        tenant: values.tenant,
        name: values.name.trim(),
        description: values.description.trim(),
        tags: toTags(values.tags),
        defaultRole: values.defaultRole,
      };
      const { item } = await api<ProjectAnswer>('POST', '/projects', { body });
      announce(t('done', { name: item.name }));
      router.push(`/projects/${item.id}`);
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
          <Field label={field('tags')} hint={field('tagsHint')} error={form.problem('tags') && field('wrong.tags')}>
            {(control) => <Input {...form.control('tags', control)} autoComplete="off" />}
          </Field>
          {open.length > 1 && (
            <Field label={field('tenant')} hint={field('tenantHint')}>
              {(control) => (
                <Select {...form.control('tenant', control)}>
                  {open.map(({ slug, name: called }) => (
                    <option key={slug} value={slug} translate="no">
                      {called}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {roles.length > 0 && (
            <Field label={field('defaultRole')} hint={field('defaultRoleHint')}>
              {(control) => (
                <Select {...form.control('defaultRole', control)}>
                  {roles.map((role) => (
                    <option key={role} value={role} translate="no">
                      {role}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}
