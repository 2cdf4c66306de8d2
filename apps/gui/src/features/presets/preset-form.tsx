'use client';

import type { Preset } from '@bailiwick/contract';
import { PresetBasics } from './preset-basics.tsx';
import { PresetConsole } from './preset-console.tsx';
import { PresetContainer } from './preset-container.tsx';
import { PresetHealth } from './preset-health.tsx';
import { PresetPlaces } from './preset-places.tsx';
import { PresetQuestions } from './preset-questions.tsx';
import { PresetRolesForm } from './preset-roles-form.tsx';

export interface PartProps {
  preset: Preset;
  onChange: (preset: Preset) => void;
}

/** What most presets say, field by field; the rest is kept as the JSON has it. */
export function PresetForm({ nameFixed, ...part }: PartProps & { nameFixed: boolean }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <PresetBasics {...part} nameFixed={nameFixed} />
      <PresetContainer {...part} />
      <PresetHealth {...part} />
      <PresetPlaces {...part} />
      <PresetQuestions {...part} />
      <PresetConsole {...part} />
      <PresetRolesForm {...part} />
    </div>
  );
}
