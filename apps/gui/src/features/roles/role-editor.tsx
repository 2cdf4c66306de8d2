'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Capability, Role } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { Field } from '../../ui/field.tsx';
import { Select, Textarea } from '../../ui/input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SearchX } from 'lucide-react';
import { useCapabilityWords } from '../access/capability-words.ts';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { CapabilityGroupBox } from './capability-group-box.tsx';
import { isRoleDescription } from './role-form.rules.ts';
import {
  differenceOf,
  groupsOf,
  isFoundBy,
  NOTHING_STAGED,
  type OfferedCapability,
  stage,
  type Staged,
  wanted,
} from './role-editor.rules.ts';
import { RoleDifference } from './role-difference.tsx';
import { SaveRole } from './save-role.tsx';

interface Props {
  role: Role;
  roles: readonly Role[];
  offered: readonly OfferedCapability[];
  /** The role it was copied from. */
  comparedWith: string | null;
  readOnly: boolean;
}

/** All a role can hold, in its groups. What is changed waits until it is saved, all at once. */
export function RoleEditor({ role, roles, offered, comparedWith, readOnly }: Props) {
  const t = useTranslations('roles.editor');
  const form = useTranslations('roles.form');
  const words = useCapabilityWords();
  const [staged, setStaged] = useState<Staged>(NOTHING_STAGED);
  const [description, setDescription] = useState<string | null>(null);
  const [q, setQ] = useState('');
  const [other, setOther] = useState(comparedWith ?? '');
  const [saving, setSaving] = useState(false);

  const after = wanted(role, staged);
  const difference = differenceOf(role.capabilities, after);
  const described = description !== null && description.trim() !== role.description;
  const wrong = description !== null && !isRoleDescription(description);
  const dirty = described || difference.added.length + difference.removed.length > 0;
  const found = groupsOf(
    offered.filter(({ capability }) =>
      isFoundBy({ name: words.name(capability), sentence: words.sentence(capability), capability }, q),
    ),
  );
  const base = roles.find(({ name }) => name === other);
  const discard = () => {
    setStaged(NOTHING_STAGED);
    setDescription(null);
  };
  return (
    <div className="flex flex-col gap-4">
      {readOnly ? (
        role.description !== '' && <p className="text-fg-2">{role.description}</p>
      ) : (
        <Field label={form('description')} className="max-w-xl" error={wrong ? form('wrong.description') : undefined}>
          {(control) => (
            <Textarea
              {...control}
              value={description ?? role.description}
              maxLength={200}
              className="min-h-16"
              onChange={({ target }) => setDescription(target.value)}
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <SearchField label={t('search')} placeholder={t('search')} value={q} onSearch={setQ} />
        <label className="flex items-center gap-2 text-fg-2">
          {t('compare')}
          <Select value={other} className="w-auto" onChange={({ target }) => setOther(target.value)}>
            <option value="">{t('compareNone')}</option>
            {roles
              .filter(({ name }) => name !== role.name)
              .map(({ name }) => (
                <option key={name} value={name} translate="no">
                  {name}
                </option>
              ))}
          </Select>
        </label>
      </div>
      {base && (
        <RoleDifference name={base.name} difference={differenceOf(base.capabilities, after)} offered={offered} />
      )}
      {found.length === 0 && (
        <EmptyState
          icon={SearchX}
          title={t('nothingFound')}
          actions={<Button onClick={() => setQ('')}>{t('clear')}</Button>}
        />
      )}
      {found.map((group) => (
        <CapabilityGroupBox
          key={group.group}
          group={group}
          held={new Set(after)}
          staged={staged}
          readOnly={readOnly}
          onChange={(changed: readonly Capability[], held) => setStaged(stage(staged, role, changed, held))}
        />
      ))}
      {dirty && (
        <section
          aria-label={t('unsaved')}
          data-slot="save-bar"
          className="sticky bottom-16 z-20 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface-1 px-3 py-2 shadow-pop md:bottom-4"
        >
          <span role="status" className="me-auto">
            {t('changes', { added: difference.added.length, removed: difference.removed.length })}
          </span>
          <Button onClick={discard}>{t('discard')}</Button>
          <Button look="primary" disabled={wrong} onClick={() => setSaving(true)}>
            {t('review')}
          </Button>
        </section>
      )}
      {saving && (
        <SaveRole
          role={role}
          description={(description ?? role.description).trim()}
          capabilities={after}
          difference={difference}
          onClose={() => setSaving(false)}
          onSaved={() => {
            setSaving(false);
            discard();
          }}
        />
      )}
      <LeaveGuard dirty={dirty} text={t('lost', { name: role.name })} onDiscard={discard} />
    </div>
  );
}
