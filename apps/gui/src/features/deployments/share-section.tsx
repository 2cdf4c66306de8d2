'use client';

import { UserRound, UserRoundPlus, UsersRound, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { GrantablePrincipal, GrantableRole } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { CHOICES_ON_NEW, useChoices } from '../access/access-queries.ts';
import { PrincipalField } from '../access/principal-field.tsx';
import { RoleSelect } from '../access/role-select.tsx';
import type { Gift } from './deploy-form.rules.ts';

interface Props {
  access: readonly Gift[];
  error: string | undefined;
  onChange: (access: Gift[]) => void;
}

/** Who else reaches it from its beginning; nobody has to be chosen. */
export function ShareSection({ access, error, onChange }: Props) {
  const t = useTranslations('deploy.share');
  const [adding, setAdding] = useState(false);
  const { data } = useChoices(CHOICES_ON_NEW, '');
  const roles = data?.roles ?? [];
  return (
    <Card aria-label={t('title')} className="flex flex-col gap-3">
      <CardTitle>{t('title')}</CardTitle>
      <p className="text-fg-2">{t('text')}</p>
      {access.length > 0 && (
        <ul aria-label={t('title')} className="flex flex-col divide-y divide-line">
          {access.map((gift) => (
            <GiftLine
              key={gift.principal.id}
              gift={gift}
              roles={roles}
              onRole={(role) => onChange(access.map((each) => (each === gift ? { ...gift, role } : each)))}
              onRemove={() => onChange(access.filter((each) => each !== gift))}
            />
          ))}
        </ul>
      )}
      {error !== undefined && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
      <Button type="button" className="self-start" onClick={() => setAdding(true)}>
        <UserRoundPlus aria-hidden />
        {t('add')}
      </Button>
      {adding && (
        <ShareDialog
          roles={roles}
          holding={new Set(access.map(({ principal }) => principal.id))}
          onGive={(gift) => onChange([...access.filter(({ principal }) => principal.id !== gift.principal.id), gift])}
          onClose={() => setAdding(false)}
        />
      )}
    </Card>
  );
}

interface LineProps {
  gift: Gift;
  roles: readonly GrantableRole[];
  onRole: (role: string | null) => void;
  onRemove: () => void;
}

function GiftLine({ gift: { principal, name, carries, role }, roles, onRole, onRemove }: LineProps) {
  const t = useTranslations('deploy.share');
  const Icon = principal.kind === 'team' ? UsersRound : UserRound;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <Icon aria-hidden className="size-4 shrink-0 text-fg-3" />
      <span translate="no" className="min-w-0 grow basis-32 break-words">
        {name}
      </span>
      <span className="flex items-center gap-1">
        <RoleSelect aria-label={t('roleOf', { name })} roles={roles} role={role} carries={carries} onRole={onRole} />
        <IconButton label={t('remove', { name })} onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      </span>
    </li>
  );
}

interface DialogProps {
  roles: readonly GrantableRole[];
  holding: ReadonlySet<string>;
  onGive: (gift: Gift) => void;
  onClose: () => void;
}

function ShareDialog({ roles, holding, onGive, onClose }: DialogProps) {
  const t = useTranslations('deploy.share');
  const words = useTranslations('access.give');
  const common = useTranslations('common');
  const formId = useId();
  const [who, setWho] = useState<GrantablePrincipal | null>(null);
  const [role, setRole] = useState<string | null>('observer');
  const [missing, setMissing] = useState(false);
  const carries = who?.kind === 'user' ? who.carries : null;
  const give = () => {
    setMissing(who === null);
    if (who === null) return;
    const principal = who.kind === 'user' ? { kind: who.kind, id: who.id } : { kind: who.kind, id: who.id };
    onGive({ principal, name: who.name, carries, role });
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('add')}
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
            // The form of the deployment is around this one for whoever reads the tree of components.
            event.stopPropagation();
            give();
          }}
        >
          <PrincipalField from={CHOICES_ON_NEW} holding={holding} chosen={who} missing={missing} onChoose={setWho} />
          <Field label={words('role')} hint={roles.find(({ name }) => name === role)?.description}>
            {({ id, 'aria-describedby': describedBy }) => (
              <RoleSelect
                id={id}
                aria-describedby={describedBy}
                roles={roles}
                role={role}
                carries={carries}
                onRole={setRole}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
