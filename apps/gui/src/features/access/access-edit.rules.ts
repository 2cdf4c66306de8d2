import {
  type AccessChange,
  type AccessChanged,
  type Capability,
  type ContainerId,
  type Grant,
  type GrantTarget,
  NO_ROLE,
  type Principal,
  type RoleException,
  type TargetAccess,
} from '@bailiwick/contract';

/** What a cell says by itself: what the role gives, or an exception to it. */
export type Setting = 'inherit' | 'allow' | 'deny';

export interface Exceptions {
  readonly allow: readonly Capability[];
  readonly deny: readonly Capability[];
}
export interface Given extends Exceptions {
  readonly role: string | null;
  readonly expiresAt: string | null;
}

/** One row as it shall be; `seen`: the version of what it was made from. Null: taken away. */
interface GrantEdit {
  readonly principal: Principal;
  readonly name: string;
  readonly to: Given | null;
  readonly seen: number;
}
interface RoleEdit {
  readonly to: Exceptions;
  readonly seen: number;
}

/** What was changed on the page and not saved yet, by principal and by role. */
export interface AccessEdit {
  readonly grants: ReadonlyMap<string, GrantEdit>;
  readonly roles: ReadonlyMap<string, RoleEdit>;
}
export const NO_EDIT: AccessEdit = { grants: new Map(), roles: new Map() };

export interface Holder {
  readonly principal: Principal;
  readonly name: string;
  /** What a grant of their own begins with, where they hold something by inheritance only. */
  readonly start: Given;
}
export type AccessAction =
  | { type: 'cells'; holder: Holder; capabilities: readonly Capability[]; setting: Setting }
  | { type: 'role'; holder: Holder; role: string | null }
  | { type: 'expiry'; holder: Holder; expiresAt: string | null }
  | { type: 'give'; holder: Holder; to: Given }
  | { type: 'revoke'; holder: Holder }
  | { type: 'roleCells'; role: string; capabilities: readonly Capability[]; setting: Setting }
  /** Lets go of what was changed in one row. */
  | { type: 'restore'; key: string }
  /** Keeps it, though somebody else has changed the same row meanwhile. */
  | { type: 'keep'; key: string }
  /** Many at once, as one step. */
  | { type: 'all'; actions: readonly AccessAction[] }
  | { type: 'discard' };

export type Saved = Pick<TargetAccess, 'grants' | 'exceptions'>;

export const grantOf = ({ grants }: Pick<Saved, 'grants'>, id: string): Grant | undefined =>
  grants.find(({ principal }) => principal.id === id);
export const exceptionOf = ({ exceptions }: Pick<Saved, 'exceptions'>, role: string): RoleException | undefined =>
  exceptions.find((each) => each.role === role);

/** The next edit; what comes back to what is saved is no edit any more. Pure. */
export function changeEdit(saved: Saved, edit: AccessEdit, action: AccessAction): AccessEdit {
  switch (action.type) {
    case 'discard':
      return NO_EDIT;
    case 'all':
      return action.actions.reduce((before, each) => changeEdit(saved, before, each), edit);
    case 'restore':
      return { grants: without(edit.grants, action.key), roles: without(edit.roles, action.key) };
    case 'keep':
      return keep(saved, edit, action.key);
    case 'roleCells': {
      const to = withSetting(exceptionsOf(saved, edit, action.role), action.capabilities, action.setting);
      return putRole(saved, edit, action.role, to);
    }
    case 'give':
      return putGrant(saved, edit, action.holder, action.to);
    case 'revoke':
      return putGrant(saved, edit, action.holder, null);
    default: {
      const now = givenTo(saved, edit, action.holder.principal.id) ?? action.holder.start;
      return putGrant(saved, edit, action.holder, changed(now, action));
    }
  }
}

function changed(now: Given, action: Extract<AccessAction, { type: 'cells' | 'role' | 'expiry' }>): Given {
  if (action.type === 'role') return { ...now, role: action.role };
  if (action.type === 'expiry') return { ...now, expiresAt: action.expiresAt };
  return { ...now, ...withSetting(now, action.capabilities, action.setting) };
}

/** What somebody is given here with the edit; null for nothing. */
export function givenTo(saved: Saved, edit: AccessEdit, id: string): Given | null {
  const staged = edit.grants.get(id);
  return staged ? staged.to : (grantOf(saved, id) ?? null);
}

/** What a role means here with the edit. */
export const exceptionsOf = (saved: Saved, edit: AccessEdit, role: string): Exceptions =>
  edit.roles.get(role)?.to ?? exceptionOf(saved, role) ?? { allow: [], deny: [] };

export const settingOf = ({ allow, deny }: Exceptions, capability: Capability): Setting =>
  deny.includes(capability) ? 'deny' : allow.includes(capability) ? 'allow' : 'inherit';

const NEXT: Readonly<Record<Setting, Setting>> = { inherit: 'allow', allow: 'deny', deny: 'inherit' };
export const nextSetting = (setting: Setting): Setting => NEXT[setting];

function withSetting<Some extends Exceptions>(to: Some, capabilities: readonly Capability[], setting: Setting): Some {
  const others = (all: readonly Capability[]) => all.filter((each) => !capabilities.includes(each));
  return {
    ...to,
    allow: setting === 'allow' ? [...others(to.allow), ...capabilities] : others(to.allow),
    deny: setting === 'deny' ? [...others(to.deny), ...capabilities] : others(to.deny),
  };
}

function putGrant(saved: Saved, edit: AccessEdit, { principal, name }: Holder, to: Given | null): AccessEdit {
  const grant = grantOf(saved, principal.id);
  const seen = edit.grants.get(principal.id)?.seen ?? grant?.version ?? 0;
  const isSame = to === null ? grant === undefined : isSameGiven(grant ?? NOTHING, to);
  const grants = without(edit.grants, principal.id);
  return { ...edit, grants: isSame ? grants : new Map(grants).set(principal.id, { principal, name, to, seen }) };
}

function putRole(saved: Saved, edit: AccessEdit, role: string, to: Exceptions): AccessEdit {
  const known = exceptionOf(saved, role);
  const seen = edit.roles.get(role)?.seen ?? known?.version ?? 0;
  const roles = without(edit.roles, role);
  const isSame = isSameExceptions(known ?? { allow: [], deny: [] }, to);
  return { ...edit, roles: isSame ? roles : new Map(roles).set(role, { to, seen }) };
}

function keep(saved: Saved, edit: AccessEdit, key: string): AccessEdit {
  const grant = edit.grants.get(key);
  if (grant)
    return putGrant(saved, changeEdit(saved, edit, { type: 'restore', key }), { ...grant, start: NOTHING }, grant.to);
  const role = edit.roles.get(key);
  return role ? putRole(saved, changeEdit(saved, edit, { type: 'restore', key }), key, role.to) : edit;
}

function without<Value>(all: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return new Map([...all].filter(([each]) => each !== key));
}

/** What somebody has to whom nothing was given. */
const NOTHING: Given = { role: NO_ROLE, allow: [], deny: [], expiresAt: null };

const isSameSet = (one: readonly Capability[], other: readonly Capability[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));
const isSameExceptions = (one: Exceptions, other: Exceptions): boolean =>
  isSameSet(one.allow, other.allow) && isSameSet(one.deny, other.deny);
const isSameGiven = (one: Given, other: Given): boolean =>
  one.role === other.role && one.expiresAt === other.expiresAt && isSameExceptions(one, other);

/** How many things would be another way; a row that comes or goes is one. */
export function countChanges(saved: Saved, edit: AccessEdit): number {
  const grants = [...edit.grants].map(([id, { to }]) => {
    const grant = grantOf(saved, id);
    if (!grant || to === null) return 1;
    return Number(grant.role !== to.role) + Number(grant.expiresAt !== to.expiresAt) + countSettings(grant, to);
  });
  const roles = [...edit.roles].map(([role, { to }]) =>
    countSettings(exceptionOf(saved, role) ?? { allow: [], deny: [] }, to),
  );
  return [...grants, ...roles].reduce((sum, each) => sum + each, 0);
}

function countSettings(one: Exceptions, other: Exceptions): number {
  const all = new Set([...one.allow, ...one.deny, ...other.allow, ...other.deny]);
  return [...all].filter((each) => settingOf(one, each) !== settingOf(other, each)).length;
}

/** The rows somebody else has changed since they were changed here. */
export function conflictsOf(saved: Saved, edit: AccessEdit): string[] {
  const grants = [...edit.grants].filter(([id, { seen }]) => seen !== (grantOf(saved, id)?.version ?? 0));
  const roles = [...edit.roles].filter(([role, { seen }]) => seen !== (exceptionOf(saved, role)?.version ?? 0));
  return [...grants, ...roles].map(([key]) => key);
}

/** What is sent to have it. */
export function toChanges(saved: Saved, target: GrantTarget, edit: AccessEdit): AccessChange[] {
  const grants = [...edit.grants].flatMap(([id, { principal, to, seen }]): AccessChange[] => {
    const grant = grantOf(saved, id);
    if (to) return [granting(principal, target, to, seen)];
    return grant ? [{ op: 'revoke', grantId: grant.id, version: seen }] : [];
  });
  if (target.kind !== 'container') return grants;
  const roles = [...edit.roles].map(([role, { to, seen }]) => excepting(target.id, role, to, seen));
  return [...grants, ...roles];
}

/** What is sent to have again what was before it was saved; `changed` tells the versions that stand now. */
export function toUndo(
  before: Saved,
  target: GrantTarget,
  edit: AccessEdit,
  changed: AccessChanged,
  nowMs: number,
): AccessChange[] {
  const grants = [...edit.grants].flatMap(([id, { principal }]): AccessChange[] => {
    const was = grantOf(before, id);
    const is = grantOf(changed, id);
    if (was) {
      // What is lent outlives every change but a revocation.
      const lent = is ? [] : lending(was, target, nowMs);
      return !is && isOnlyLent(was) ? lent : [granting(principal, target, was, is?.version ?? 0), ...lent];
    }
    return is ? [{ op: 'revoke', grantId: is.id, version: is.version }] : [];
  });
  if (target.kind !== 'container') return grants;
  const roles = [...edit.roles.keys()].map((role) => {
    const was = exceptionOf(before, role) ?? { allow: [], deny: [] };
    return excepting(target.id, role, was, exceptionOf(changed, role)?.version ?? 0);
  });
  return [...grants, ...roles];
}

/** Why what comes again had been given: said again where it is one reason. */
export function undoReason(before: Saved, edit: AccessEdit): string {
  const reasons = new Set([...edit.grants.keys()].map((id) => grantOf(before, id)?.reason ?? ''));
  const [only = ''] = reasons;
  return reasons.size === 1 ? only : '';
}

/** It stands there for what is lent, ends with it, and comes again by lending alone. */
const isOnlyLent = ({ role, allow, deny, lent }: Grant): boolean =>
  role === NO_ROLE && allow.length + deny.length === 0 && lent.length > 0;

/** What was lent and is not over, by when it ends. */
function lending({ principal, lent }: Grant, target: GrantTarget, nowMs: number): AccessChange[] {
  const ends = new Set(lent.map(({ until }) => until).filter((until) => Date.parse(until) > nowMs));
  return [...ends].map((until) => ({
    op: 'lend',
    principal,
    target,
    capabilities: lent.filter((each) => each.until === until).map(({ capability }) => capability),
    until,
  }));
}

const granting = (principal: Principal, target: GrantTarget, to: Given, version: number): AccessChange => ({
  op: 'grant',
  principal,
  target,
  role: to.role,
  allow: [...to.allow],
  deny: [...to.deny],
  expiresAt: to.expiresAt,
  version,
});

const excepting = (containerId: ContainerId, role: string, to: Exceptions, version: number): AccessChange => ({
  op: 'exception',
  containerId,
  role,
  allow: [...to.allow],
  deny: [...to.deny],
  version,
});
