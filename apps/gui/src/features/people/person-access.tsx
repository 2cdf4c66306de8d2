'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, MoveUser, Operation, Tenant, User } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { changeAddress } from '../../lib/address.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { isEnded } from '../operations/operation.rules.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { usePeopleRefresh } from './people-hooks.ts';
import { toRole } from './people-view.rules.ts';
import { PlatformRoleSelect, TenantSelect } from './person-fields.tsx';
import { PersonMove } from './person-move.tsx';
import { usePersonWhy } from './person-why.ts';

interface Props {
  user: User;
  tenants: readonly Tenant[];
  /** The move the address names: it is shown also after the page was loaded anew. */
  move: Operation | null;
}

const FIELDS = ['platformRole', 'tenant'] as const;
const anything = (): boolean => true;

/** Where somebody belongs and what they are on the whole panel; changing it moves their account. */
export function PersonAccess({ user, tenants, move: known }: Props) {
  const t = useTranslations('people.access');
  const refresh = usePeopleRefresh();
  const reason = usePersonWhy()(user, 'people.move');
  const [move, setMove] = useState(known);
  const [ended, setEnded] = useState(known === null || isEnded(known));
  const form = useForm({
    fields: FIELDS,
    initial: { platformRole: user.platformRole, tenant: user.tenant.slug },
    rules: { platformRole: anything, tenant: anything },
    send: async (values) => {
      const { operation } = await api<Accepted>('POST', `/users/${user.id}/move`, { body: toMove(user, values) });
      changeAddress(`${window.location.pathname}?move=${operation.id}`);
      setMove(operation);
      setEnded(false);
    },
  });
  const moving = move !== null && !ended;
  return (
    <Card aria-label={t('title')}>
      <CardTitle className="mb-1">{t('title')}</CardTitle>
      <p className="mb-4 text-fg-2">{t('text')}</p>
      {move !== null && (
        <PersonMove
          key={move.id}
          initial={move}
          onEnded={() => {
            setEnded(true);
            refresh();
          }}
        />
      )}
      {reason !== null && <Banner className="mb-4" title={reason} />}
      <form {...form.props} className="max-w-lg">
        <fieldset disabled={reason !== null || moving} className="flex flex-col gap-4">
          <ErrorNotice error={form.error} />
          <PlatformRoleSelect form={form} keep={user.platformRole} />
          <TenantSelect form={form} tenants={tenants} keep={user.tenant.slug} hint={t('tenantHint')} />
          <div>
            <DisabledReason reason={moving ? t('moving') : null}>
              <Button type="submit" look="primary" loading={form.busy} disabled={!form.dirty}>
                {t('submit')}
              </Button>
            </DisabledReason>
          </div>
        </fieldset>
      </form>
    </Card>
  );
}

/** Only what differs. */
function toMove(user: User, values: Record<(typeof FIELDS)[number], string>): MoveUser {
  const platformRole = toRole(values.platformRole);
  return {
    ...(values.tenant === user.tenant.slug ? {} : { tenant: values.tenant }),
    ...(platformRole === '' || platformRole === user.platformRole ? {} : { platformRole }),
  };
}
