'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role, User } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { usePeopleRefresh } from './people-hooks.ts';
import { NameFields, RoleTagField } from './person-fields.tsx';
import { PROFILE_FIELDS, PROFILE_RULES, toProfile, toUpdateUser } from './person-form.rules.ts';
import { usePersonWhy } from './person-why.ts';

/** Who somebody is. A new username counts at the next sign-in; nothing else of theirs changes with it. */
export function PersonProfile({ user, roles }: { user: User; roles: readonly Role[] }) {
  const t = useTranslations('people.profile');
  const refresh = usePeopleRefresh();
  const reason = usePersonWhy()(user, 'people.update');
  const [saved, setSaved] = useState(false);
  const form = useForm({
    fields: PROFILE_FIELDS,
    initial: toProfile(user),
    rules: PROFILE_RULES,
    send: async (values) => {
      await api('PATCH', `/users/${user.id}`, { body: toUpdateUser(user, values) });
      setSaved(true);
      refresh();
    },
  });
  return (
    <Card aria-label={t('title')}>
      <CardTitle className="mb-3">{t('title')}</CardTitle>
      <form {...form.props} className="max-w-lg">
        <fieldset disabled={reason !== null} className="flex flex-col gap-4">
          <ErrorNotice error={form.error} />
          <NameFields form={form} />
          <RoleTagField form={form} roles={roles} />
          <div className="flex items-center gap-3">
            <DisabledReason reason={reason}>
              <Button type="submit" look="primary" loading={form.busy} disabled={!form.dirty}>
                {t('save')}
              </Button>
            </DisabledReason>
            <span role="status" className="text-fg-2">
              {saved && !form.dirty && t('saved')}
            </span>
          </div>
        </fieldset>
      </form>
    </Card>
  );
}
