import type { BulkAction, Capability, Container, ContainerState, Why } from '@bailiwick/contract';

/** A change of state a person can ask for; the bulk actions of the contract, one by one. */
export type PowerAction = BulkAction;

interface ActionFace {
  capability: Capability;
  /** The engine states in which the action means something. */
  from: ReadonlySet<ContainerState>;
}

const ALIVE: ContainerState[] = ['running', 'paused', 'restarting'];
const ACTIONS: Record<PowerAction, ActionFace> = {
  start: { capability: 'containers.start', from: new Set(['created', 'exited']) },
  stop: { capability: 'containers.stop', from: new Set(ALIVE) },
  restart: { capability: 'containers.restart', from: new Set([...ALIVE, 'created', 'exited']) },
  pause: { capability: 'containers.pause', from: new Set(['running']) },
  unpause: { capability: 'containers.pause', from: new Set(['paused']) },
  kill: { capability: 'containers.kill', from: new Set(ALIVE) },
  delete: { capability: 'containers.delete', from: new Set([...ALIVE, 'created', 'exited', 'dead']) },
};

export const capabilityOf = (action: PowerAction): Capability => ACTIONS[action].capability;

export const POWER_ACTIONS: readonly PowerAction[] = ['start', 'stop', 'restart', 'pause', 'unpause', 'kill', 'delete'];

/** Above this many targets a disruptive action asks first. */
const CONFIRM_ABOVE = 4;

export type Verdict = { able: true } | { able: false; reason: Why };

type Judged = Pick<Container, 'state' | 'status' | 'operationId' | 'rights'>;

/** Whether an action can be asked for now, and the reason to show where it cannot. */
export function judge(action: PowerAction, container: Judged): Verdict {
  const { capability, from } = ACTIONS[action];
  if (!container.rights.can.includes(capability)) {
    return refuse(container.rights.why[capability] ?? { code: 'missing_capability', params: { capability } });
  }
  if (container.status === 'unknown') return refuse({ code: 'engine_offline', params: {} });
  if (container.operationId !== null) return refuse({ code: 'busy', params: {} });
  if (!from.has(container.state)) return refuse({ code: 'wrong_state', params: { status: container.status } });
  return { able: true };
}

/** The actions a person could ever take here; what is a matter of role alone is left out of menus. */
export function isShown(action: PowerAction, { rights }: Pick<Container, 'rights'>): boolean {
  const { capability } = ACTIONS[action];
  return rights.can.includes(capability) || rights.why[capability] !== undefined;
}

/** What was made outside can only be made anew outside. */
export const mayRemake = ({ managed, rights }: Pick<Container, 'managed' | 'rights'>): boolean =>
  managed && rights.can.includes('containers.recreate') && rights.can.includes('containers.settingsSee');

/** Whoever may deploy and see how it is made; whether they may deploy that is told where it is filled in. */
export const mayDuplicate = (
  { managed, rights }: Pick<Container, 'managed' | 'rights'>,
  anywhere: readonly Capability[],
): boolean => managed && rights.can.includes('containers.settingsSee') && anywhere.includes('containers.create');

/** Why it cannot be made anew now; null where it can. */
export function refusalToRemake({ status, state, operationId }: Judged): Why | null {
  if (status === 'unknown') return { code: 'engine_offline', params: {} };
  if (operationId !== null) return { code: 'busy', params: {} };
  return state === 'paused' ? { code: 'wrong_state', params: { status } } : null;
}

export interface BulkPlan<Item> {
  action: PowerAction;
  able: Item[];
  unable: { item: Item; reason: Why }[];
}

export function planBulk<Item extends Judged>(action: PowerAction, items: readonly Item[]): BulkPlan<Item> {
  const plan: BulkPlan<Item> = { action, able: [], unable: [] };
  for (const item of items) {
    const verdict = judge(action, item);
    if (verdict.able) plan.able.push(item);
    else plan.unable.push({ item, reason: verdict.reason });
  }
  return plan;
}

/** Deleting always names what is lost; stopping a few things does not ask. */
export function needsConfirmation(action: PowerAction, targets: number): boolean {
  if (action === 'delete') return true;
  return action !== 'start' && action !== 'unpause' && targets > CONFIRM_ABOVE;
}

const refuse = (reason: Why): Verdict => ({ able: false, reason });
