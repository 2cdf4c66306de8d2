'use client';

import type { Capability } from '@bailiwick/contract';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useCapabilityWords } from '../access/capability-words.ts';

interface Props {
  label: string;
  capabilities: readonly Capability[];
  chosen: readonly Capability[];
  onChoose: (chosen: Capability[]) => void;
  /** Why it cannot be sent like this. */
  error?: string | undefined;
}

/** Rights to choose among, each with what it lets somebody do. */
export function CapabilityBoxes({ label, capabilities, chosen, onChoose, error }: Props) {
  const words = useCapabilityWords();
  const toggle = (capability: Capability, on: boolean) =>
    onChoose(capabilities.filter((each) => (each === capability ? on : chosen.includes(each))));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <ul className="max-h-56 overflow-y-auto rounded-md border border-line p-1">
        {capabilities.map((capability) => (
          <li key={capability}>
            <label className="flex min-h-8 items-start gap-2.5 rounded-md px-2 py-1 hover:bg-surface-2 touch:min-h-11">
              <Checkbox
                className="mt-0.5"
                name="capability"
                value={capability}
                checked={chosen.includes(capability)}
                onChange={({ target }) => toggle(capability, target.checked)}
              />
              <span className="min-w-0">
                <span className="block">{words.name(capability)}</span>
                <span className="block text-xs text-fg-2">
                  {words.caution(capability) ?? words.sentence(capability)}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {error !== undefined && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
