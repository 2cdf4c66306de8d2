import { RoleList } from '@bailiwick/contract';
import { PersonDanger } from '../../../../features/people/person-danger.tsx';
import { PersonPassword } from '../../../../features/people/person-password.tsx';
import { PersonProfile } from '../../../../features/people/person-profile.tsx';
import { PersonTwoFactor } from '../../../../features/people/person-two-factor.tsx';
import { readPerson } from '../../../../features/people/read-person.ts';
import { readCore } from '../../../../lib/core.ts';

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const [person, roles] = await Promise.all([params.then(({ id }) => readPerson(id)), readCore('/roles', RoleList)]);
  // The layout shows why there is nothing here.
  if (!person.ok) return null;
  const { item } = person.value;
  return (
    <>
      <PersonProfile key={item.id} user={item} roles={roles.ok ? roles.value.items : []} />
      <PersonPassword user={item} />
      <PersonTwoFactor user={item} />
      <PersonDanger user={item} />
    </>
  );
}
