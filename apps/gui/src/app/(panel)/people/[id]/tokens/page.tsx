import { PersonalTokenList } from '@bailiwick/contract';
import { PersonTokens } from '../../../../../features/people/person-tokens.tsx';
import { readPerson } from '../../../../../features/people/read-person.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

export default async function PersonTokensPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const person = await readPerson(id);
  // The layout shows why there is nothing here.
  if (!person.ok) return null;
  const tokens = await readCore(`/users/${encodeURIComponent(id)}/tokens`, PersonalTokenList);
  if (!tokens.ok) return <Failure error={tokens.error} level="part" />;
  return <PersonTokens user={person.value.item} initial={tokens.value} />;
}
