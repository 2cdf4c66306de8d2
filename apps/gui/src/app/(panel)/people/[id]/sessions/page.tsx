import { SessionList } from '@bailiwick/contract';
import { PersonSessions } from '../../../../../features/people/person-sessions.tsx';
import { readPerson } from '../../../../../features/people/read-person.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

export default async function PersonSessionsPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const person = await readPerson(id);
  // The layout shows why there is nothing here.
  if (!person.ok) return null;
  const sessions = await readCore(`/users/${encodeURIComponent(id)}/sessions`, SessionList);
  if (!sessions.ok) return <Failure error={sessions.error} level="part" />;
  return <PersonSessions user={person.value.item} sessions={sessions.value.items} />;
}
