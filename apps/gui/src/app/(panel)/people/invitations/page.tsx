import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InvitationList, MailStatus, RoleList, TenantList } from '@bailiwick/contract';
import { InvitationsPage } from '../../../../features/invitations/invitations-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('invitations'))('title') };
}

export default async function InvitationListPage() {
  const [invitations, tenants, roles, mail] = await Promise.all([
    readCore('/invitations', InvitationList),
    readCore('/tenants', TenantList),
    readCore('/roles', RoleList),
    readCore('/settings/mail', MailStatus),
  ]);
  if (!invitations.ok) return <Failure error={invitations.error} />;
  return (
    <InvitationsPage
      invitations={invitations.value.items}
      unread={invitations.value.unread}
      tenants={tenants.ok ? tenants.value.items : []}
      roles={roles.ok ? roles.value.items : []}
      byMail={mail.ok && mail.value.configured}
    />
  );
}
