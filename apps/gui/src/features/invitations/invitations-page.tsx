'use client';

import { MailPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Invitation, InvitationAnswer, Role, Tenant } from '@bailiwick/contract';
import { useAddressQuery } from '../../lib/address.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMay } from '../identity/me.tsx';
import { PeopleTabs } from '../people/people-tabs.tsx';
import { InvitationFilter } from './invitation-filter.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { selectByState, toState } from './invitation-view.rules.ts';
import { InvitePerson } from './invite-person.tsx';

interface Props {
  invitations: readonly Invitation[];
  /** Tenants whose invitations are missing here. */
  unread: readonly string[];
  tenants: readonly Tenant[];
  roles: readonly Role[];
  byMail: boolean;
}

/** Who may come, who came, and who did not. */
export function InvitationsPage({ invitations, unread, tenants, roles, byMail }: Props) {
  const t = useTranslations('invitations');
  const mayInvite = useMay('people.create');
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<InvitationAnswer | null>(null);
  const state = toState(useAddressQuery().get('state'));
  const shown = selectByState(invitations, state);
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: invitations.length })}</span>}
        actions={
          mayInvite && (
            <Button look="primary" onClick={() => setInviting(true)}>
              <MailPlus aria-hidden />
              {t('invite.open')}
            </Button>
          )
        }
      />
      <PeopleTabs current="invitations" />
      {unread.length > 0 && (
        <Banner
          tone="warning"
          className="mb-3"
          title={t('unread', { count: unread.length, names: unread.join(', ') })}
        />
      )}
      {invitations.length > 0 && <InvitationFilter state={state} />}
      {shown.length > 0 ? (
        <InvitationTable invitations={shown} byMail={byMail} onLink={setMade} />
      ) : (
        <EmptyState icon={MailPlus} title={state === null ? t('empty') : t('filteredEmpty')}>
          {state === null && <p>{t('emptyText')}</p>}
        </EmptyState>
      )}
      {inviting && (
        <InvitePerson
          tenants={tenants}
          roles={roles}
          byMail={byMail}
          onMade={(answer) => {
            setInviting(false);
            setMade(answer.url === null ? null : answer);
          }}
          onClose={() => setInviting(false)}
        />
      )}
      {made?.url != null && <InvitationLink invitation={made.item} url={made.url} onClose={() => setMade(null)} />}
    </>
  );
}
