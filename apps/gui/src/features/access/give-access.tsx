'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { GrantablePrincipal, GrantableRole } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { choicesOn } from './access-queries.ts';
import type { AccessAction } from './access-edit.rules.ts';
import { ExpirySelect } from './expiry-select.tsx';
import { PrincipalField } from './principal-field.tsx';
import { RoleSelect } from './role-select.tsx';

interface Props {
  name: string;
  resource: string;
  roles: readonly GrantableRole[];
  holding: ReadonlySet<string>;
  act: (action: AccessAction) => void;
  onClose: () => void;
}

/** Whom, as what and until when: one more row among what is not saved yet. */
export function GiveAccess({ name, resource, roles, holding, act, onClose }: Props) {
  const t = useTranslations('access.give');
  const common = useTranslations('common');
  const formId = useId();
  const [who, setWho] = useState<GrantablePrincipal | null>(null);
  const [role, setRole] = useState<string | null>('observer');
  const [expiresAt, setExpiresAt] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const give = () => {
    setMissing(who === null);
    if (who === null) return;
    const principal = who.kind === 'user' ? { kind: who.kind, id: who.id } : { kind: who.kind, id: who.id };
    const to = { role, allow: [], deny: [], expiresAt };
    act({ type: 'give', holder: { principal, name: who.name, start: to }, to });
    announce(t('done', { name: who.name }));
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name })}
        description={t('text')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary">
              {t('submit')}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          noValidate
          className="flex flex-col gap-4 pb-2"
          onSubmit={(event) => {
            event.preventDefault();
            give();
          }}
        >
          <PrincipalField
            from={choicesOn(resource)}
            holding={holding}
            chosen={who}
            missing={missing}
            onChoose={setWho}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('role')} hint={roles.find(({ name: each }) => each === role)?.description}>
              {(control) => (
                <RoleSelect
                  id={control.id}
                  aria-describedby={control['aria-describedby']}
                  roles={roles}
                  role={role}
                  carries={who?.kind === 'user' ? who.carries : null}
                  onRole={setRole}
                />
              )}
            </Field>
            <Field label={t('until')}>
              {({ id }) => (
                <ExpirySelect id={id} name={who?.name ?? name} expiresAt={expiresAt} onExpiry={setExpiresAt} />
              )}
            </Field>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
