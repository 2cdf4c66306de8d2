import { Operation, ReachList, TenantList } from '@bailiwick/contract';
import { PersonAccess } from '../../../../../features/people/person-access.tsx';
import { readPerson } from '../../../../../features/people/read-person.ts';
import { QuotaCard } from '../../../../../features/quotas/quota-card.tsx';
import { ReachView } from '../../../../../features/reach/reach-view.tsx';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ move?: string | string[] }>;
}

export default async function PersonAccessPage({ params, searchParams }: Props) {
  const { move } = await searchParams;
  const [person, tenants, operation] = await Promise.all([
    params.then(({ id }) => readPerson(id)),
    readCore('/tenants', TenantList),
    typeof move === 'string' ? readCore(`/operations/${encodeURIComponent(move)}`, Operation) : null,
  ]);
  // The layout shows why there is nothing here.
  if (!person.ok) return null;
  const { item } = person.value;
  const reach = await readCore(`/access/reach?principal=${item.id}`, ReachList);
  return (
    <>
      {reach.ok ? (
        <ReachView key={item.id} principal={{ id: item.id, name: item.displayName }} read={reach.value} />
      ) : (
        <Failure level="part" error={reach.error} />
      )}
      <QuotaCard key={`quota-${item.id}`} subject={item.id} kind="person" />
      <PersonAccess
        key={item.id}
        user={item}
        tenants={tenants.ok ? tenants.value.items : []}
        move={operation?.ok === true ? operation.value : null}
      />
    </>
  );
}
