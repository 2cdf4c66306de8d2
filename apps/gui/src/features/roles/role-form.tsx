'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Role } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Textarea } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { isRoleDescription, isRoleName } from './role-form.rules.ts';

interface Props {
  /** The role that is described anew; none makes one. */
  role: Role | null;
  /** Names that are there: putting one of them would describe it anew. */
  taken: readonly string[];
  onClose: () => void;
}

export function RoleForm({ role, taken, onClose }: Props) {
  const t = useTranslations('roles.form');
  const common = useTranslations('common');
  const formId = useId();
  const router = useRouter();
  const form = useForm({
    fields: ['name', 'description'],
    initial: { name: role?.name ?? '', description: role?.description ?? '' },
    rules: {
      name: (text) => role !== null || (isRoleName(text) && !taken.includes(text)),
      description: isRoleDescription,
    },
    send: async ({ name, description }) => {
      await api('PUT', `/roles/${encodeURIComponent(name)}`, { body: { description: description.trim() } });
      announce(t('done', { name }));
      router.refresh();
      onClose();
    },
  });
  const nameTaken = role === null && taken.includes(form.values.name);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={role === null ? t('add') : t('describe', { name: role.name })}
        description={t('text')}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={form.busy} disabled={!form.dirty}>
              {role === null ? t('add') : t('save')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          {role === null && (
            <Field
              label={t('name')}
              hint={t('nameHint')}
              required
              error={form.problem('name') && (nameTaken ? t('taken') : t('wrong.name'))}
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
          )}
          <Field label={t('description')} error={form.problem('description') && t('wrong.description')}>
            {(control) => <Textarea {...form.control('description', control)} maxLength={200} className="min-h-20" />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
