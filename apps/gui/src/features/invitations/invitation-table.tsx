'use client';

import { Copy, Ellipsis, Send, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import type { Invitation, InvitationAnswer, InvitationState } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { ActionsHead, CardCell, CardHead, CardRow, CardTable } from '../../ui/card-table.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuItem, MenuLine, MenuTrigger } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.tsx';
import { RoleBadge } from '../people/person-badges.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

interface Props {
  invitations: readonly Invitation[];
  byMail: boolean;
  /** A link was made: it is to be shown, once. */
  onLink: (answer: InvitationAnswer) => void;
}

export function InvitationTable({ invitations, byMail, onLink }: Props) {
  const t = useTranslations('invitations');
  return (
    <CardTable
      caption={t('caption')}
      head={
        <>
          <CardHead>{t('column.email')}</CardHead>
          <CardHead>{t('column.state')}</CardHead>
          <CardHead>{t('column.role')}</CardHead>
          <CardHead>{t('column.tenant')}</CardHead>
          <CardHead>{t('column.by')}</CardHead>
          <CardHead>{t('column.expires')}</CardHead>
          <ActionsHead label={t('column.actions')} />
        </>
      }
    >
      {invitations.map((invitation) => (
        <CardRow key={invitation.id}>
          <CardCell place="lead" translate="no" className="font-medium break-all">
            {invitation.email}
          </CardCell>
          <CardCell label={t('column.state')}>
            <StatusBadge icon={ICONS[invitation.state]} look="text">
              {t(`states.${invitation.state}`)}
            </StatusBadge>
          </CardCell>
          <CardCell label={t('column.role')}>
            <RoleBadge role={invitation.platformRole} />
          </CardCell>
          <CardCell label={t('column.tenant')} translate="no">
            {invitation.tenant.name}
          </CardCell>
          <CardCell label={t('column.by')}>{invitation.invitedBy.displayName}</CardCell>
          <CardCell label={t('column.expires')} className="whitespace-nowrap text-fg-3">
            <Until at={invitation.expiresAt} />
          </CardCell>
          <CardCell place="actions">
            <span className="flex justify-end">
              <InvitationMenu invitation={invitation} byMail={byMail} onLink={onLink} />
            </span>
          </CardCell>
        </CardRow>
      ))}
    </CardTable>
  );
}

function Until({ at }: { at: string }) {
  const locale = useLocale();
  return (
    // Server and browser are in different time zones; the browser's text stands.
    <time dateTime={at} suppressHydrationWarning>
      {new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at))}
    </time>
  );
}

const ICONS: Record<InvitationState, 'created' | 'good' | 'stopped'> = {
  open: 'created',
  accepted: 'good',
  expired: 'stopped',
  revoked: 'stopped',
};

function InvitationMenu({ invitation, byMail, onLink }: Omit<Props, 'invitations'> & { invitation: Invitation }) {
  const t = useTranslations('invitations');
  const router = useRouter();
  const showError = useErrorToast();
  const why = invitation.rights.why['people.create']?.code;
  const reason = why === undefined ? null : t(why === 'over' ? 'why.over' : 'why.forbidden');
  const tell = (text: string) => {
    announce(text);
    toast(text);
    router.refresh();
  };
  const send = (by: 'mail' | 'link') => {
    api<InvitationAnswer>('POST', `/invitations/${invitation.id}/resend`, { body: { by } })
      .then((answer) => {
        if (answer.url === null) return tell(t('resent', { email: invitation.email }));
        onLink(answer);
        router.refresh();
      })
      .catch(showError);
  };
  const revoke = () => {
    api('DELETE', `/invitations/${invitation.id}`)
      .then(() => tell(t('revoked', { email: invitation.email })))
      .catch(showError);
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton side="left" label={t('actionsFor', { email: invitation.email })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent>
        <MenuItem reason={reason ?? (byMail ? null : t('why.noMail'))} onSelect={() => send('mail')}>
          <Send aria-hidden />
          {t('action.resend')}
        </MenuItem>
        <MenuItem reason={reason} onSelect={() => send('link')}>
          <Copy aria-hidden />
          {t('action.link')}
        </MenuItem>
        <MenuLine />
        <MenuItem look="danger" reason={reason} onSelect={revoke}>
          <Trash2 aria-hidden />
          {t('action.revoke')}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
