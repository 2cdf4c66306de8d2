import { AuditList } from '@bailiwick/contract';
import { ActivityCard } from '../../../../../features/account/activity-card.tsx';
import { readPerson } from '../../../../../features/people/read-person.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PersonActivityPage({ params, searchParams }: Props) {
  const [{ id }, { cursor }] = await Promise.all([params, searchParams]);
  const person = await readPerson(id);
  // The layout shows why there is nothing here.
  if (!person.ok) return null;
  const query = typeof cursor === 'string' ? `?cursor=${encodeURIComponent(cursor)}` : '';
  const list = await readCore(`/users/${encodeURIComponent(id)}/activity${query}`, AuditList);
  if (!list.ok) return <Failure error={list.error} level="part" />;
  const { displayName } = person.value.item;
  return <ActivityCard list={list.value} person={{ id, displayName }} />;
}
