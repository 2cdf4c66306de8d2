'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { PutRole, Role } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { isRoleDescription, isRoleName, roleAddress } from './role-form.rules.ts';

interface Props {
  roles: readonly Role[];
  /** The role that is copied; empty for one that begins with nothing. */
  from: string;
  onClose: () => void;
}

/** A role of this panel: from nothing, or with all that another one holds. */
export function NewRole({ roles, from, onClose }: Props) {
  const t = useTranslations('roles.form');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const source = roles.find(({ name }) => name === from);
  // Putting a role that is there would describe it anew.
  const isTaken = (name: string) => roles.some((role) => role.name === name);
  const form = useForm({
    fields: ['name', 'description', 'from'],
    initial: { name: '', description: source?.description ?? '', from },
    rules: {
      name: (text) => isRoleName(text) && !isTaken(text),
      description: isRoleDescription,
      from: () => true,
    },
    send: async ({ name, description, from: copied }) => {
      const capabilities = roles.find((role) => role.name === copied)?.capabilities ?? [];
      const body: PutRole = { description: description.trim(), capabilities };
      await api('PUT', `/roles/${encodeURIComponent(name)}`, { body });
      announce(t('done', { name }));
      router.push(roleAddress(name, copied));
    },
  });
  const title = source ? t('copy', { name: source.name }) : t('add');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        description={t('text')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy}>
              {title}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field
            label={t('name')}
            hint={t('nameHint')}
            required
            error={form.problem('name') && (isTaken(form.values.name) ? t('taken') : t('wrong.name'))}
          >
            {(control) => (
              <Input
                {...form.control('name', control)}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={32}
                className="font-mono"
              />
            )}
          </Field>
          <Field label={t('description')} error={form.problem('description') && t('wrong.description')}>
            {(control) => <Textarea {...form.control('description', control)} maxLength={200} className="min-h-20" />}
          </Field>
          <Field label={t('from')} hint={t('fromHint')}>
            {(control) => (
              <Select {...form.control('from', control)}>
                <option value="">{t('fromNothing')}</option>
                {roles.map(({ name }) => (
                  <option key={name} value={name} translate="no">
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
