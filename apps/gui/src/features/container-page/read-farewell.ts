import 'server-only';
import { AuditList, OperationList, type AuditEvent, type Me } from '@bailiwick/contract';
import { readCore, readMe } from '../../lib/core.ts';
import type { Farewell } from './gone-container.tsx';

/** What may still be known of a container that is not there: its delete operation, and for staff its audit rows. */
export async function readFarewell(id: string): Promise<{ farewell: Farewell | null; events: AuditEvent[] }> {
  if (!/^ct_[a-z2-7]{16}$/.test(id)) return { farewell: null, events: [] };
  const me = await readMe();
  const [operations, events] = await Promise.all([
    readCore(`/operations?container=${id}`, OperationList),
    me.ok ? readEvents(id, me.value) : [],
  ]);
  const deletion = operations.ok
    ? operations.value.items.find(({ name, state }) => name === 'containers.delete' && state === 'done')
    : undefined;
  const removed = events.find(({ action, outcome }) => action === 'containers.delete' && outcome === 'done');
  if (deletion !== undefined) {
    const { target, startedBy, finishedAt, createdAt } = deletion;
    return { farewell: { name: target.label, who: startedBy.displayName, at: finishedAt ?? createdAt }, events };
  }
  if (removed === undefined) return { farewell: null, events };
  return { farewell: { name: removed.target?.label ?? id, who: removed.actor.name, at: removed.at }, events };
}

async function readEvents(id: string, { can }: Me): Promise<AuditEvent[]> {
  if (!can.includes('audit.see')) return [];
  const list = await readCore(`/audit?target=${id}`, AuditList);
  return list.ok ? list.value.items : [];
}
