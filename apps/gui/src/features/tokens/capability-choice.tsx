'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { TokenCapability } from '@bailiwick/contract';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useCapabilityWords } from '../access/capability-words.ts';
import { type CapabilityGroup, groupByNoun, toggle } from './token.rules.ts';

type Chosen = ReadonlySet<TokenCapability>;

interface Props {
  offered: readonly TokenCapability[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
  problem: string | null;
}

/** What a token may do: a box for each capability, grouped by what it is about. */
export function CapabilityChoice({ offered, chosen, onChange, problem }: Props) {
  const t = useTranslations('tokens.form');
  const id = useId();
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-hint`}>
      <p id={`${id}-label`} className="text-sm font-medium">
        {t('capabilities')}
      </p>
      <p id={`${id}-hint`} className="text-xs text-fg-2">
        {t('capabilitiesHint')}
      </p>
      {problem !== null && (
        <p role="alert" className="mt-1 flex items-center gap-1 text-xs text-danger">
          <CircleAlert aria-hidden className="size-3.5 shrink-0" />
          {problem}
        </p>
      )}
      <div className="mt-2 flex flex-col gap-3">
        {groupByNoun(offered).map((group) => (
          <Group
            key={group.noun}
            group={group}
            chosen={chosen}
            onToggle={(changed, on) => onChange(toggle(chosen, changed, on))}
          />
        ))}
      </div>
    </div>
  );
}

interface GroupProps {
  group: CapabilityGroup;
  chosen: Chosen;
  onToggle: (changed: readonly TokenCapability[], on: boolean) => void;
}

function Group({ group: { noun, capabilities }, chosen, onToggle }: GroupProps) {
  const t = useTranslations('tokens.form');
  const words = useCapabilityWords();
  const count = capabilities.filter((capability) => chosen.has(capability)).length;
  const all = count === capabilities.length;
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="sr-only">{words.noun(noun)}</legend>
      <label className="flex items-center gap-2 font-medium">
        <Checkbox
          checked={all}
          mixed={count > 0 && !all}
          aria-label={t('all', { noun: words.noun(noun) })}
          onChange={({ target }) => onToggle(capabilities, target.checked)}
        />
        {words.noun(noun)}
      </label>
      {capabilities.length > 1 && (
        <div className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1 ps-6 sm:grid-cols-3">
          {capabilities.map((capability) => (
            <label
              key={capability}
              title={words.sentence(capability)}
              className="flex min-h-6 items-center gap-2 text-sm"
            >
              <Checkbox
                checked={chosen.has(capability)}
                onChange={({ target }) => onToggle([capability], target.checked)}
              />
              {words.verb(capability)}
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}
