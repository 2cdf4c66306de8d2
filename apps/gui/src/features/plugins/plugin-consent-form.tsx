'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import type { Plugin, PluginAnswer, PluginConsent, PluginScope, Tenant, TenantId } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { canAnswer, consentChange, isNoChange, type ScopeRisk, SCOPE_RISKS, scopesAskedBy } from './plugin.rules.ts';
import { RiskBadge } from './risk-badge.tsx';

interface Props {
  plugin: Plugin;
  tenants: readonly Tenant[];
  onClose: () => void;
}

/** Agrees to all it asks for, or to less; says what is otherwise by that before it is sent. */
export function PluginConsentForm({ plugin, tenants, onClose }: Props) {
  const t = useTranslations('plugins');
  const common = useTranslations('common');
  const formId = useId();
  const { consent, manifest, name, id } = plugin;
  const asked = scopesAskedBy(plugin);
  const [scopes, setScopes] = useState<ReadonlySet<PluginScope>>(new Set(consent?.scopes ?? asked));
  const [network, setNetwork] = useState(consent?.network ?? manifest?.network ?? false);
  const [chosen, setChosen] = useState<ReadonlySet<TenantId> | null>(
    consent?.tenants ? new Set(consent.tenants) : null,
  );
  const wanted: PluginConsent = {
    scopes: asked.filter((scope) => scopes.has(scope)),
    network: network && manifest?.network === true,
    tenants: chosen && [...chosen],
  };
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => api<PluginAnswer>('PUT', `/plugins/${id}/consent`, { body: wanted }),
    onSuccess: ({ item }) => {
      const said = t('consent.done', { name, status: t(`status.${item.status}`) });
      if (canAnswer(item)) toast.success(said);
      else toast.warning(said, item.error === null ? {} : { description: item.error });
      onClose();
    },
  });
  const had = new Set(consent?.scopes);
  const isNew = (isHad: boolean) => consent !== null && !isHad;
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title={t('consent.formTitle', { name })}
        description={t('consent.formText')}
        className="max-w-2xl"
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={isPending} disabled={chosen?.size === 0}>
              {t('consent.submit')}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          className="flex flex-col gap-4 pb-2"
          onSubmit={(event) => {
            event.preventDefault();
            mutate();
          }}
        >
          <ErrorNotice error={error instanceof ApiError ? error : null} />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 text-sm font-medium">{t('consent.mayDo')}</legend>
            {asked.length === 0 && manifest?.network !== true && (
              <p className="text-sm text-fg-2">{t('consent.nothing')}</p>
            )}
            {asked.map((scope) => (
              <Choice
                key={scope}
                name={t(`scope.${scope}.name`)}
                sentence={t(`scope.${scope}.sentence`)}
                risk={SCOPE_RISKS[scope]}
                isNew={isNew(had.has(scope))}
                on={scopes.has(scope)}
                onChange={(on) => setScopes(toggled(scopes, scope, on))}
              />
            ))}
            {manifest?.network === true && (
              <Choice
                name={t('network.name')}
                sentence={t('network.sentence')}
                risk="high"
                isNew={isNew(consent?.network === true)}
                on={network}
                onChange={setNetwork}
              />
            )}
          </fieldset>
          <TenantsChoice tenants={tenants} chosen={chosen} onChoose={setChosen} />
          <Changes plugin={plugin} wanted={wanted} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

interface ChoiceProps {
  name: string;
  sentence: string;
  risk: ScopeRisk;
  isNew: boolean;
  on: boolean;
  onChange: (on: boolean) => void;
}

function Choice({ name, sentence, risk, isNew, on, onChange }: ChoiceProps) {
  const t = useTranslations('plugins.consent');
  const id = useId();
  return (
    <div className="flex gap-2 text-sm">
      <Checkbox
        id={id}
        checked={on}
        aria-describedby={`${id}-what`}
        className="mt-0.5"
        onChange={({ target }) => onChange(target.checked)}
      />
      <div className="min-w-0 grow">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <label htmlFor={id} className="font-medium">
            {name}
          </label>
          <RiskBadge risk={risk} />
          {isNew && <Badge tone="info">{t('new')}</Badge>}
        </span>
        <p id={`${id}-what`} className="text-xs text-fg-2">
          {sentence}
        </p>
      </div>
    </div>
  );
}

interface TenantsChoiceProps {
  tenants: readonly Tenant[];
  /** Null for all of them. */
  chosen: ReadonlySet<TenantId> | null;
  onChoose: (chosen: ReadonlySet<TenantId> | null) => void;
}

function TenantsChoice({ tenants, chosen, onChoose }: TenantsChoiceProps) {
  const t = useTranslations('plugins.consent');
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1 text-sm">
      <legend className="mb-1 font-medium">{t('whose')}</legend>
      <Radio name={name} on={chosen === null} onChoose={() => onChoose(null)}>
        {t('everyTenant')}
      </Radio>
      <Radio name={name} on={chosen !== null} onChoose={() => onChoose(chosen ?? new Set())}>
        {t('someTenants')}
      </Radio>
      {chosen !== null && (
        <div className="grid max-h-48 gap-x-4 overflow-y-auto ps-6 sm:grid-cols-2">
          {tenants.map((tenant) => (
            <label key={tenant.id} className="flex min-h-6 items-center gap-2 touch:min-h-11">
              <Checkbox
                checked={chosen.has(tenant.id)}
                onChange={({ target }) => onChoose(toggled(chosen, tenant.id, target.checked))}
              />
              <span translate="no">{tenant.name}</span>
            </label>
          ))}
        </div>
      )}
      {chosen?.size === 0 && (
        <p role="alert" className="text-xs text-danger">
          {t('noTenant')}
        </p>
      )}
    </fieldset>
  );
}

const Radio = ({ name, on, onChoose, children }: { name: string; on: boolean; onChoose: () => void; children: ReactNode }) => (
  <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
    <input type="radio" name={name} checked={on} onChange={onChoose} className="size-4 accent-accent" />
    {children}
  </label>
); // prettier-ignore

/** In so many words: what it may from then on, and what it may not any more. */
function Changes({ plugin: { consent }, wanted }: { plugin: Plugin; wanted: PluginConsent }) {
  const t = useTranslations('plugins');
  const change = consentChange(consent, wanted);
  const names = (scopes: readonly PluginScope[]) => scopes.map((scope) => t(`scope.${scope}.name`));
  const given = [...names(change.given), ...(change.network === 'given' ? [t('network.name')] : [])];
  const taken = [...names(change.taken), ...(change.network === 'taken' ? [t('network.name')] : [])];
  return (
    <section aria-live="polite" className="rounded-md border border-line bg-surface-2 p-3 text-sm">
      <h3 className="font-medium">{t('consent.changes')}</h3>
      <ul className="mt-1 list-disc ps-5 text-fg-2">
        {given.length > 0 && <li>{t('consent.given', { names: given.join(', ') })}</li>}
        {taken.length > 0 && <li>{t('consent.taken', { names: taken.join(', ') })}</li>}
        {change.tenants !== null && <li>{t(`consent.tenants.${change.tenants}`)}</li>}
        {isNoChange(change) && <li>{t(consent === null ? 'consent.bare' : 'consent.same')}</li>}
        <li>{t(consent === null ? 'consent.starts' : 'consent.startsAnew')}</li>
      </ul>
    </section>
  );
}

function toggled<Item>(items: ReadonlySet<Item>, item: Item, on: boolean): ReadonlySet<Item> {
  const next = new Set(items);
  if (on) next.add(item);
  else next.delete(item);
  return next;
}
