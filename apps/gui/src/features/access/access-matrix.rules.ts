import {
  CAPABILITIES,
  Capability,
  CapabilityGroup,
  type Grant,
  type GrantablePrincipal,
  type GrantableRole,
  isOffered,
  NO_ROLE,
  type Principal,
  type RoleException,
  type TargetAccess,
} from '@bailiwick/contract';
import {
  type AccessEdit,
  conflictsOf,
  exceptionOf,
  type Exceptions,
  exceptionsOf,
  type Given,
  givenTo,
  grantOf,
  type Holder,
  type Setting,
  settingOf,
} from './access-edit.rules.ts';

const NOUNS: ReadonlySet<string> = new Set(['containers', 'files', 'operations']);
/** What can be handed on on one container: the columns of its matrix, in their groups. */
export const COLUMNS: readonly { group: CapabilityGroup; capabilities: readonly Capability[] }[] =
  CapabilityGroup.options.map((group) => ({
    group,
    capabilities: Capability.options.filter(
      (capability) =>
        CAPABILITIES[capability].group === group &&
        CAPABILITIES[capability].grantable === 'thing' &&
        isOffered(capability) &&
        capability !== 'containers.create' &&
        NOUNS.has(capability.split('.')[0] ?? ''),
    ),
  }));

/** Whether it means anything on a container; roles hold more than that. */
export const isColumn = (capability: Capability): boolean =>
  COLUMNS.some(({ capabilities }) => capabilities.includes(capability));

/**
 * `exception`: given beside the role · `role`: by the role · `inherited`: by what holds the container ·
 * `denied`: taken away here · `withheld`: taken away by what holds it · `varies`: each of a team by a role of their own.
 */
export type CellState = 'exception' | 'role' | 'inherited' | 'denied' | 'withheld' | 'varies' | 'none';

export interface Cell {
  readonly capability: Capability;
  readonly state: CellState;
  readonly setting: Setting;
  /** Not saved yet. */
  readonly changed: boolean;
  /** The reader does not hold it, so it is not theirs to hand on. */
  readonly locked: boolean;
  /** The grant from above that decides. */
  readonly source: Grant | null;
}

export interface HolderRow extends Holder {
  readonly kind: 'holder';
  readonly key: string;
  readonly facts: GrantablePrincipal | undefined;
  readonly own: Grant | null;
  readonly inherited: readonly Grant[];
  readonly given: Given | null;
  readonly stage: 'saved' | 'new' | 'changed' | 'revoked';
  readonly conflict: boolean;
  readonly cells: ReadonlyMap<Capability, Cell>;
}
export interface RoleRow {
  readonly kind: 'role';
  readonly key: string;
  readonly role: string;
  readonly own: RoleException | null;
  readonly exceptions: Exceptions;
  readonly stage: 'saved' | 'changed';
  readonly conflict: boolean;
  readonly cells: ReadonlyMap<Capability, Cell>;
}
export type MatrixRow = HolderRow | RoleRow;

export interface MatrixFacts {
  readonly access: TargetAccess;
  readonly edit: AccessEdit;
  readonly principals: readonly GrantablePrincipal[];
  readonly roles: readonly GrantableRole[];
}

const ALLOWED: ReadonlySet<CellState> = new Set<CellState>(['exception', 'role', 'inherited']);
export const isAllowed = (state: CellState): boolean => ALLOWED.has(state);

/** The people and teams who hold something here, and after them those to whom something is about to be given. */
export function holderRows(facts: MatrixFacts): HolderRow[] {
  const { access, edit } = facts;
  const all = new Map<string, { principal: Principal; name: string | null }>();
  for (const { principal, principalName } of [...access.grants, ...access.inherited])
    if (!all.has(principal.id)) all.set(principal.id, { principal, name: principalName });
  for (const [id, { principal, name }] of edit.grants) if (!all.has(id)) all.set(id, { principal, name });
  const conflicts = new Set(conflictsOf(access, edit));
  return [...all.values()].map(({ principal, name }) => holderRow(facts, principal, name, conflicts));
}

function holderRow(facts: MatrixFacts, principal: Principal, name: string | null, conflicts: ReadonlySet<string>) {
  const { access, edit, principals } = facts;
  const own = grantOf(access, principal.id) ?? null;
  const inherited = access.inherited.filter((grant) => grant.principal.id === principal.id);
  const known = principals.find(({ id }) => id === principal.id);
  const given = givenTo(access, edit, principal.id);
  const lent = own?.lent ?? [];
  const before = cellsOf(facts, { given: own, lent, inherited, known }, undefined);
  const row: HolderRow = {
    kind: 'holder',
    key: principal.id,
    principal,
    name: name ?? known?.name ?? principal.id,
    start: { role: NO_ROLE, allow: [], deny: [], expiresAt: null },
    facts: known,
    own,
    inherited,
    given,
    stage: !edit.grants.has(principal.id) ? 'saved' : given === null ? 'revoked' : own === null ? 'new' : 'changed',
    conflict: conflicts.has(principal.id),
    cells: cellsOf(facts, { given, lent: given === null ? [] : lent, inherited, known }, before),
  };
  return row;
}

/** What roles mean here: the tags everybody carries one of, and whichever other role is in use. */
export function roleRows({ access, edit, roles }: MatrixFacts): RoleRow[] {
  const used = [...access.grants, ...access.inherited].flatMap(({ role }) => role ?? []);
  const given = [...edit.grants.values()].flatMap(({ to }) => to?.role ?? []);
  const shown = new Set([
    ...TAGS,
    ...used,
    ...given,
    ...access.exceptions.map(({ role }) => role),
    ...edit.roles.keys(),
  ]);
  const conflicts = new Set(conflictsOf(access, edit));
  const grantable = new Set(access.grantable);
  shown.delete(NO_ROLE);
  return [...shown].flatMap((role) => {
    const meaning = roles.find(({ name }) => name === role);
    if (!meaning) return [];
    const own = exceptionOf(access, role) ?? null;
    const exceptions = exceptionsOf(access, edit, role);
    const cells = everyColumn((capability): Cell => {
      const setting = settingOf(exceptions, capability);
      const byRole: CellState = meaning.capabilities.includes(capability) ? 'role' : 'none';
      return {
        capability,
        state: BY_SETTING[setting] ?? byRole,
        setting,
        changed: setting !== settingOf(own ?? NONE, capability),
        locked: !grantable.has(capability),
        source: null,
      };
    });
    const stage = edit.roles.has(role) ? 'changed' : 'saved';
    const row: RoleRow = {
      kind: 'role',
      key: role,
      role,
      own,
      exceptions,
      stage,
      conflict: conflicts.has(role),
      cells,
    };
    return [row];
  });
}

const TAGS = ['user', 'moderator', 'developer', 'tester', 'admin'];
const NONE: Exceptions = { allow: [], deny: [] };
const BY_SETTING: Readonly<Record<Setting, CellState | undefined>> = {
  allow: 'exception',
  deny: 'denied',
  inherit: undefined,
};

const everyColumn = (toCell: (capability: Capability) => Cell): ReadonlyMap<Capability, Cell> =>
  new Map(COLUMNS.flatMap(({ capabilities }) => capabilities.map((each) => [each, toCell(each)] as const)));

/** What one of them has here, and from above. */
interface Held {
  readonly given: Given | null;
  /** For a while, whatever else is said. */
  readonly lent: Grant['lent'];
  readonly inherited: readonly Grant[];
  readonly known: GrantablePrincipal | undefined;
}

function cellsOf(
  facts: MatrixFacts,
  { given, lent, inherited, known }: Held,
  before: ReadonlyMap<Capability, Cell> | undefined,
): ReadonlyMap<Capability, Cell> {
  const grantable = new Set(facts.access.grantable);
  return everyColumn((capability) => {
    const setting = settingOf(given ?? NONE, capability);
    const byItself = lent.some((each) => each.capability === capability) ? 'exception' : BY_SETTING[setting];
    const { state, source } = byItself
      ? { state: byItself, source: null }
      : byRole(facts, given, inherited, known, capability);
    const was = before?.get(capability);
    return {
      capability,
      state,
      setting,
      // With a role everything it gives changes; what is outlined is what reads otherwise now.
      changed: was !== undefined && (was.setting !== setting || isAllowed(was.state) !== isAllowed(state)),
      locked: !grantable.has(capability),
      source,
    };
  });
}

function byRole(
  facts: MatrixFacts,
  given: Given | null,
  inherited: readonly Grant[],
  principal: GrantablePrincipal | undefined,
  capability: Capability,
): { state: CellState; source: Grant | null } {
  const carried = principal?.kind === 'user' ? principal.carries : null;
  if (given) {
    const role = given.role ?? carried;
    if (role === null) return { state: 'varies', source: null };
    if (means(facts, role, capability)) return { state: 'role', source: null };
  }
  return fromAbove(facts, inherited, carried, capability);
}

const HOLDERS = ['stack', 'project', 'environment', 'tenant'] as const;

/** The nearest of what holds the container decides, as the core asks them. */
function fromAbove(facts: MatrixFacts, inherited: readonly Grant[], carried: string | null, capability: Capability) {
  for (const kind of HOLDERS) {
    const here = inherited.filter(({ target, expired }) => target.kind === kind && !expired);
    const denying = here.find(({ deny }) => deny.includes(capability));
    if (denying) return { state: 'withheld' as const, source: denying };
    const giving = here.find(({ allow, role }) => {
      const meant = role ?? carried;
      return allow.includes(capability) || (meant !== null && means(facts, meant, capability));
    });
    if (giving) return { state: 'inherited' as const, source: giving };
  }
  return { state: 'none' as const, source: null };
}

/** What a role gives on this container, with the edit. */
function means({ access, edit, roles }: MatrixFacts, role: string, capability: Capability): boolean {
  const setting = settingOf(exceptionsOf(access, edit, role), capability);
  if (setting !== 'inherit') return setting === 'allow';
  return roles.find(({ name }) => name === role)?.capabilities.includes(capability) ?? false;
}

export interface GroupState {
  readonly allowed: number;
  readonly of: number;
  readonly look: 'all' | 'some' | 'none' | 'varies';
  readonly exceptions: number;
  readonly changed: boolean;
  readonly locked: boolean;
  /** What a press makes of all of them. */
  readonly setting: Setting | 'mixed';
}

/** A group of a row in one cell. */
export function groupState(row: MatrixRow, capabilities: readonly Capability[]): GroupState {
  const cells = capabilities.flatMap((each) => row.cells.get(each) ?? []);
  const allowed = cells.filter(({ state }) => isAllowed(state)).length;
  const free = cells.filter(({ locked }) => !locked);
  const [first] = free;
  const setting = first && free.every((cell) => cell.setting === first.setting) ? first.setting : 'mixed';
  return {
    allowed,
    of: cells.length,
    look: cells.some(({ state }) => state === 'varies')
      ? 'varies'
      : allowed === 0
        ? 'none'
        : allowed === cells.length
          ? 'all'
          : 'some',
    exceptions: cells.filter((cell) => cell.setting !== 'inherit').length,
    changed: cells.some((cell) => cell.changed),
    locked: free.length === 0,
    setting,
  };
}

export const FILTERS = ['all', 'direct', 'inherited', 'exceptions', 'expiring'] as const;
export type MatrixFilter = (typeof FILTERS)[number];
export interface MatrixView {
  readonly q: string;
  readonly show: MatrixFilter;
}

export function readMatrixView(query: Record<string, string>): MatrixView {
  const show = FILTERS.find((each) => each === query['show']) ?? 'all';
  return { q: query['q'] ?? '', show };
}

const SHOWS: Readonly<Record<MatrixFilter, (row: HolderRow) => boolean>> = {
  all: () => true,
  direct: ({ given, own }) => given !== null || own !== null,
  inherited: ({ inherited }) => inherited.length > 0,
  exceptions: ({ given }) => given !== null && given.allow.length + given.deny.length > 0,
  expiring: ({ given, inherited }) =>
    Boolean(given?.expiresAt) || inherited.some(({ expiresAt }) => expiresAt !== null),
};

/** The rows a view shows. What is not saved yet is never filtered away. */
export function selectRows(rows: readonly HolderRow[], { q, show }: MatrixView): HolderRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (row.stage !== 'saved') return true;
    const username = row.facts?.kind === 'user' ? row.facts.username : '';
    const text = `${row.name} ${username} ${row.given?.role ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word)) && SHOWS[show](row);
  });
}

/** What one row would gain and lose, as far as its own cells tell. */
export function differenceOf(now: MatrixRow, before: MatrixRow | undefined) {
  const gains: Capability[] = [];
  const loses: Capability[] = [];
  for (const [capability, { state }] of now.cells) {
    const was = isAllowed(before?.cells.get(capability)?.state ?? 'none');
    if (isAllowed(state) && !was) gains.push(capability);
    if (!isAllowed(state) && was) loses.push(capability);
  }
  return { gains, loses };
}
