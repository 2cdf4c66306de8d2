'use client';

import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Capability } from '@bailiwick/contract';
import { useCapabilityWords } from '../access/capability-words.ts';
import type { Difference, OfferedCapability } from './role-editor.rules.ts';

interface Props {
  /** The role it is compared with. */
  name: string;
  difference: Difference;
  offered: readonly OfferedCapability[];
}

/** What a role has beyond another one, and what it lacks. */
export function RoleDifference({ name, difference, offered }: Props) {
  const t = useTranslations('roles.editor');
  const shown = (capabilities: readonly Capability[]) =>
    offered.flatMap(({ capability }) => (capabilities.includes(capability) ? [capability] : []));
  const [added, removed] = [shown(difference.added), shown(difference.removed)];
  return (
    <section
      aria-label={t('difference', { name })}
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface-1 px-4 py-3"
    >
      <h2 className="text-sm font-medium">{t('difference', { name })}</h2>
      {added.length + removed.length === 0 && <p className="text-fg-2">{t('same')}</p>}
      <CapabilityNames kind="added" capabilities={added} />
      <CapabilityNames kind="removed" capabilities={removed} />
    </section>
  );
}

/** Capabilities that come, or go, each by its name. */
export function CapabilityNames({
  kind,
  capabilities,
}: {
  kind: 'added' | 'removed';
  capabilities: readonly Capability[];
}) {
  const t = useTranslations('roles.editor');
  const words = useCapabilityWords();
  if (capabilities.length === 0) return null;
  const Icon = kind === 'added' ? Plus : Minus;
  return (
    <div className="flex items-start gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-fg-3" />
      <div>
        <span className="font-medium">{t(kind === 'added' ? 'gains' : 'loses', { count: capabilities.length })}</span>{' '}
        <span className="text-fg-2">{capabilities.map((capability) => words.name(capability)).join(', ')}</span>
      </div>
    </div>
  );
}
