'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Capability, Risk } from '@bailiwick/contract';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { cn } from '../../ui/class-names.ts';
import { useCapabilityWords } from '../access/capability-words.ts';
import type { OfferedCapability, OfferedGroup, Staged } from './role-editor.rules.ts';

const TONES: Record<Risk, Tone> = { low: 'neutral', medium: 'info', high: 'warning', critical: 'danger' };

interface Props {
  group: OfferedGroup;
  held: ReadonlySet<Capability>;
  staged: Staged;
  readOnly: boolean;
  onChange: (changed: readonly Capability[], held: boolean) => void;
}

/** One group of capabilities: a box for all of it, and one for each with what it lets somebody do. */
export function CapabilityGroupBox({ group: { group, offered }, held, staged, readOnly, onChange }: Props) {
  const t = useTranslations('roles.editor');
  const words = useCapabilityWords();
  const capabilities = offered.map(({ capability }) => capability);
  const count = capabilities.filter((capability) => held.has(capability)).length;
  const all = count === capabilities.length;
  return (
    <fieldset className="rounded-lg border border-line bg-surface-1">
      <legend className="sr-only">{words.group(group)}</legend>
      <label className="flex min-h-10 items-center gap-3 rounded-t-lg bg-surface-2 px-4 font-medium touch:min-h-11">
        <Checkbox
          checked={all}
          mixed={count > 0 && !all}
          disabled={readOnly}
          aria-label={t('all', { group: words.group(group) })}
          onChange={({ target }) => onChange(capabilities, target.checked)}
        />
        {words.group(group)}
        <span className="ms-auto text-xs font-normal text-fg-3 tabular-nums">
          {t('heldOf', { held: count, of: capabilities.length })}
        </span>
      </label>
      <ul className="lg:grid lg:grid-cols-2">
        {offered.map((one) => (
          <CapabilityBox
            key={one.capability}
            offered={one}
            checked={held.has(one.capability)}
            changed={staged.has(one.capability)}
            readOnly={readOnly}
            onToggle={(on) => onChange([one.capability], on)}
          />
        ))}
      </ul>
    </fieldset>
  );
}

interface BoxProps {
  offered: OfferedCapability;
  checked: boolean;
  changed: boolean;
  readOnly: boolean;
  onToggle: (on: boolean) => void;
}

function CapabilityBox({ offered, checked, changed, readOnly, onToggle }: BoxProps) {
  const t = useTranslations('roles.editor');
  const words = useCapabilityWords();
  const { capability, risk, tenantOnly } = offered;
  const caution = words.caution(capability);
  const id = `capability-${capability}`;
  return (
    <li
      data-changed={changed || undefined}
      className={cn('flex gap-3 border-t border-line px-4 py-2.5', changed && 'bg-accent-subtle')}
    >
      <Checkbox
        id={id}
        checked={checked}
        disabled={readOnly}
        aria-describedby={`${id}-what`}
        className="mt-0.5"
        onChange={({ target }) => onToggle(target.checked)}
      />
      <div className="min-w-0 grow">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <label htmlFor={id} className="font-medium">
            {words.name(capability)}
          </label>
          {risk !== 'low' && <Badge tone={TONES[risk]}>{t('risk', { risk: words.risk(risk) })}</Badge>}
          {changed && <span className="text-xs text-accent-text">{t(checked ? 'added' : 'removed')}</span>}
        </span>
        <p id={`${id}-what`} className="text-xs text-fg-2">
          {words.sentence(capability)}
          {tenantOnly && ` ${t('tenantOnly')}`}
        </p>
        {caution !== null && checked && changed && (
          <p className="mt-1 flex items-start gap-1 text-xs text-warning">
            <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {caution}
          </p>
        )}
      </div>
    </li>
  );
}
