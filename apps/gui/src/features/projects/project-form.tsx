'use client';

import { useTranslations } from 'next-intl';
import type { GrantableRole, Project, ProjectAnswer } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { toQuota } from '../quotas/quota-form.rules.ts';
import { QuotaFields } from '../quotas/quota-fields.tsx';
import { useQuotaRefresh } from '../quotas/quota-queries.ts';
import { QuotaUsage } from '../quotas/quota-usage.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { PROJECT_FIELDS, PROJECT_RULES, toTags, toValues } from './project-form.rules.ts';
import { useProjectNeeds } from './use-project.ts';

export function ProjectForm({ project, roles }: { project: Project; roles: readonly GrantableRole[] }) {
  const t = useTranslations('projects.settings');
  const field = useTranslations('projects.field');
  const reason = useProjectNeeds()(project, 'projects.update');
  const refreshQuota = useQuotaRefresh();
  const form = useForm({
    fields: PROJECT_FIELDS,
    initial: toValues(project),
    rules: PROJECT_RULES,
    send: async (values) => {
      const body = {
        name: values.name.trim(),
        description: values.description.trim(),
        tags: toTags(values.tags),
        defaultRole: values.defaultRole,
        quota: toQuota(values),
      };
      await api<ProjectAnswer>('PATCH', `/projects/${project.id}`, { body });
      refreshQuota(project.id);
      announce(t('saved', { name: body.name }));
      toast.success(t('saved', { name: body.name }));
    },
  });
  const offered = roles.filter(({ missing }) => missing.length === 0).map(({ name }) => name);
  const names = offered.includes(project.defaultRole) ? offered : [project.defaultRole, ...offered];
  return (
    <form {...form.props}>
      <fieldset disabled={reason !== null} className="flex flex-col gap-4">
        {reason !== null && <p className="text-fg-2">{reason}</p>}
        <ErrorNotice error={form.error} />
        <Card aria-label={t('general')} className="flex flex-col gap-4">
          <CardTitle>{t('general')}</CardTitle>
          <Field
            label={field('name')}
            required
            className="max-w-lg"
            error={form.problem('name') && field(form.problem('name') === 'taken' ? 'taken' : 'wrong.name')}
          >
            {(control) => <Input {...form.control('name', control)} autoComplete="off" maxLength={96} />}
          </Field>
          <Field
            label={field('description')}
            className="max-w-lg"
            error={form.problem('description') && field('wrong.description')}
          >
            {(control) => <Input {...form.control('description', control)} autoComplete="off" maxLength={300} />}
          </Field>
          <Field
            label={field('tags')}
            hint={field('tagsHint')}
            className="max-w-lg"
            error={form.problem('tags') && field('wrong.tags')}
          >
            {(control) => <Input {...form.control('tags', control)} autoComplete="off" />}
          </Field>
          <Field label={field('defaultRole')} hint={field('defaultRoleHint')} className="max-w-lg">
            {(control) => (
              <Select {...form.control('defaultRole', control)}>
                {names.map((role) => (
                  <option key={role} value={role} translate="no">
                    {role}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </Card>
        <Card aria-label={t('quota')}>
          <CardTitle className="mb-1">{t('quota')}</CardTitle>
          <p className="mb-3 text-fg-2">{t('quotaText')}</p>
          <QuotaUsage subject={project.id} className="mb-4" />
          <QuotaFields form={form} />
        </Card>
        {reason === null && (
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
