import { type AccessAction, type AccessEdit, changeEdit, NO_EDIT, type Saved } from './access-edit.rules.ts';

/** What is not saved yet, and how it stood before each step that led there. */
export interface EditSteps {
  readonly edit: AccessEdit;
  readonly earlier: readonly AccessEdit[];
}
export const NO_STEPS: EditSteps = { edit: NO_EDIT, earlier: [] };

const MOST_STEPS = 100;

/** One step further, however many cells it changes. */
export function takeStep(saved: Saved, { edit, earlier }: EditSteps, action: AccessAction): EditSteps {
  if (action.type === 'discard') return NO_STEPS;
  return { edit: changeEdit(saved, edit, action), earlier: [...earlier, edit].slice(-MOST_STEPS) };
}

export function stepBack(steps: EditSteps): EditSteps {
  const edit = steps.earlier.at(-1);
  return edit ? { edit, earlier: steps.earlier.slice(0, -1) } : steps;
}
