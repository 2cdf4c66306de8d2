export const DEPLOY_STEPS = ['configure', 'review', 'run'] as const;
export type DeployStep = (typeof DEPLOY_STEPS)[number];

/** The step in the address; nothing runs without an operation. */
export function readDeployStep(text: string | null, started: boolean): DeployStep {
  const step = DEPLOY_STEPS.find((known) => known === text) ?? 'configure';
  return step === 'run' && !started ? 'configure' : step;
}
