'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { CreateInvitation, InvitationAnswer, Role, Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { isEmail } from '../identity/account-fields.rules.ts';
import { PlatformRoleSelect, RoleTagField, TenantSelect } from '../people/person-fields.tsx';
import { toRole } from '../people/people-view.rules.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';

const DAYS = ['1', '3', '7', '14', '30'];
const anything = (): boolean => true;

interface Props {
  tenants: readonly Tenant[];
  roles: readonly Role[];
  byMail: boolean;
  onMade: (answer: InvitationAnswer) => void;
  onClose: () => void;
}

/** Whom, where to, as what, and for how long; what was typed stays whatever the answer is. */
export function InvitePerson({ tenants, roles, byMail, onMade, onClose }: Props) {
  const t = useTranslations('invitations.invite');
  const field = useTranslations('people.field');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const form = useForm({
    fields: ['email', 'tenant', 'platformRole', 'roleTag', 'days', 'by'],
    initial: {
      email: '',
      tenant: 'default',
      platformRole: 'member',
      roleTag: '',
      days: '7',
      by: byMail ? 'mail' : 'link',
    },
    rules: {
      email: isEmail,
      tenant: anything,
      platformRole: anything,
      roleTag: anything,
      days: anything,
      by: anything,
    },
    send: async ({ email, tenant, platformRole, roleTag, days, by }) => {
      const body: CreateInvitation = {
        email,
        tenant,
        platformRole: toRole(platformRole) || 'member',
        ...(roleTag === '' ? {} : { roleTag }),
        days: Number(days),
        by: by === 'mail' ? 'mail' : 'link',
      };
      const answer = await api<InvitationAnswer>('POST', '/invitations', { body });
      const text = t(answer.url === null ? 'sent' : 'made', { email });
      announce(text);
      toast(text);
      router.refresh();
      onMade(answer);
    },
  });
  const emailProblem = form.problem('email');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
        // A click beside the dialog does not throw away what was typed.
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {t(form.values.by === 'mail' ? 'submit' : 'submitLink')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field
            label={field('email')}
            required
            error={emailProblem && (emailProblem === 'taken' ? t('taken') : field('wrong.email'))}
          >
            {(control) => (
              <Input {...form.control('email', control)} type="email" autoComplete="off" spellCheck={false} autoFocus />
            )}
          </Field>
          {tenants.length > 1 && <TenantSelect form={form} tenants={tenants} />}
          <PlatformRoleSelect form={form} />
          <RoleTagField form={form} roles={roles} />
          <Field label={t('days')}>
            {(control) => (
              <Select {...form.control('days', control)}>
                {DAYS.map((days) => (
                  <option key={days} value={days}>
                    {t('dayCount', { count: Number(days) })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t('by')} hint={byMail ? undefined : t('noMail')}>
            {(control) => (
              <Select {...form.control('by', control)}>
                {byMail && <option value="mail">{t('byMail')}</option>}
                <option value="link">{t('byLink')}</option>
              </Select>
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
