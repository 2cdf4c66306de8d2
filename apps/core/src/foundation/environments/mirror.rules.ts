/**
 * How reads of an engine become one picture. A read sees the engine at some moment between its start and its end,
 * so a read that started earlier never overrules one that started later. Nothing here knows what an item is.
 */
export interface MirrorState<Item> {
  /** By engine id. No item: known to be gone, kept only while an older read could still bring it back. */
  readonly known: Map<string, { item: Item | undefined; asOf: number }>;
  /** Tickets of reads under way, oldest first. */
  readonly reads: Set<number>;
  /** One inspect per container at a time, from the hint on; `again` when something happened after it began. */
  readonly inspecting: Map<string, { again: boolean }>;
  nextTicket: number;
}

export const emptyMirror = <Item>(): MirrorState<Item> => ({
  known: new Map(),
  reads: new Set(),
  inspecting: new Map(),
  nextTicket: 1,
});

/** Takes the ticket under which a list is about to start. */
export function beginList<Item>(state: MirrorState<Item>): number {
  return takeTicket(state);
}

/** Swaps the listed in; returns the ids that are new, newer or gone. */
export function endList<Item>(
  state: MirrorState<Item>,
  ticket: number,
  listed: ReadonlyMap<string, Item>,
): readonly string[] {
  const touched: string[] = [];
  for (const [id, item] of listed) if (learn(state, id, ticket, item)) touched.push(id);
  for (const [id, { item }] of state.known)
    if (item !== undefined && !listed.has(id) && learn(state, id, ticket, undefined)) touched.push(id);
  endRead(state, ticket);
  return touched;
}

/** Something happened to it: true when an inspect has to be started, false when the one under way will be repeated. */
export function hint<Item>(state: MirrorState<Item>, id: string): boolean {
  const inspecting = state.inspecting.get(id);
  if (inspecting) inspecting.again = true;
  else state.inspecting.set(id, { again: false });
  return !inspecting;
}

/** Takes the ticket under which an inspect is about to start; it answers every hint so far. */
export function beginInspect<Item>(state: MirrorState<Item>, id: string): number {
  state.inspecting.set(id, { again: false });
  return takeTicket(state);
}

/** `item` undefined: the engine has none. `touched`: the picture may differ now. `again`: inspect once more. */
export function endInspect<Item>(
  state: MirrorState<Item>,
  id: string,
  ticket: number,
  item: Item | undefined,
): { touched: boolean; again: boolean } {
  const again = state.inspecting.get(id)?.again ?? false;
  state.inspecting.delete(id);
  const touched = learn(state, id, ticket, item);
  endRead(state, ticket);
  return { touched, again };
}

/** It did not answer; what was known stays. */
export function failInspect<Item>(state: MirrorState<Item>, id: string, ticket: number): void {
  state.inspecting.delete(id);
  endRead(state, ticket);
}

/** The engine was lost: nothing under way will answer. What was known stays, as the last known picture. */
export function abandonReads<Item>(state: MirrorState<Item>): void {
  state.reads.clear();
  state.inspecting.clear();
  dropTombstones(state);
}

export const findItem = <Item>(state: MirrorState<Item>, id: string): Item | undefined => state.known.get(id)?.item;

function takeTicket<Item>(state: MirrorState<Item>): number {
  const ticket = state.nextTicket++;
  state.reads.add(ticket);
  return ticket;
}

function learn<Item>(state: MirrorState<Item>, id: string, asOf: number, item: Item | undefined): boolean {
  const before = state.known.get(id);
  if (before && before.asOf > asOf) return false;
  // Also for what was never known: an older read under way may still hold it.
  state.known.set(id, { item, asOf });
  return before?.item !== item;
}

function endRead<Item>(state: MirrorState<Item>, ticket: number): void {
  if (!state.reads.delete(ticket)) return;
  dropTombstones(state);
}

function dropTombstones<Item>(state: MirrorState<Item>): void {
  const oldest = state.reads.values().next().value ?? Infinity;
  for (const [id, { item, asOf }] of state.known) if (item === undefined && asOf < oldest) state.known.delete(id);
}
