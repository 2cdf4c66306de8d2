export const SETUP_STEPS = ['owner', 'two-factor', 'engine', 'look', 'start', 'done'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];
/** Those after the first: somebody is signed in. */
export type LaterStep = Exclude<SetupStep, 'owner'>;

export const toLaterStep = (text: unknown): LaterStep | null =>
  SETUP_STEPS.filter((step) => step !== 'owner').find((step) => step === text) ?? null;

/** Where a step leads: each has an address of its own, so that a reload changes nothing. */
export const addressAfter = (step: SetupStep): string =>
  `/setup?step=${SETUP_STEPS[SETUP_STEPS.indexOf(step) + 1] ?? 'done'}`;
