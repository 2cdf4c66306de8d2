'use client';

import { useTranslations } from 'next-intl';
import type { Team, TeamAnswer } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useNeeds } from '../identity/needs.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { isPriority, isTeamDescription, isTeamName } from './team-form.rules.ts';

/** What it is called, and which of several teams counts. */
export function TeamSettings({ team }: { team: Team }) {
  const t = useTranslations('teams.settings');
  const field = useTranslations('teams.field');
  const reason = useNeeds()(team, 'teams.update');
  const form = useForm({
    fields: ['name', 'description', 'priority'],
    initial: { name: team.name, description: team.description, priority: String(team.priority) },
    rules: { name: isTeamName, description: isTeamDescription, priority: isPriority },
    send: async ({ name, description, priority }) => {
      const body = { name: name.trim(), description: description.trim(), priority: Number(priority) };
      await api<TeamAnswer>('PATCH', `/teams/${team.id}`, { body });
      announce(t('saved'));
    },
  });
  return (
    <Card aria-label={t('title')}>
      <CardTitle className="mb-3">{t('title')}</CardTitle>
      <form {...form.props} className="max-w-lg">
        <fieldset disabled={reason !== null} className="flex flex-col gap-4">
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
          <Field
            label={field('priority')}
            hint={field('priorityHint')}
            error={form.problem('priority') && field('wrong.priority')}
          >
            {(control) => (
              <Input
                {...form.control('priority', control)}
                inputMode="numeric"
                autoComplete="off"
                className="max-w-28"
              />
            )}
          </Field>
          {reason === null ? (
            <div>
              <Button type="submit" look="primary" loading={form.busy} disabled={!form.dirty}>
                {t('save')}
              </Button>
            </div>
          ) : (
            <p className="text-fg-2">{reason}</p>
          )}
        </fieldset>
      </form>
    </Card>
  );
}
