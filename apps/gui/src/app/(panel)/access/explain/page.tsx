import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CAPABILITIES, ContainerList, isOffered, THING_CAPABILITIES, UserList } from '@bailiwick/contract';
import { ExplainPage } from '../../../../features/explain/explain-page.tsx';
import { readAsked } from '../../../../features/explain/question.rules.ts';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore, readMe } from '../../../../lib/core.ts';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const OFFERED = THING_CAPABILITIES.filter(isOffered);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('explain'))('title') };
}

export default async function AccessExplainPage({ searchParams }: Props) {
  const [me, containers] = await Promise.all([readMe(), readCore('/containers', ContainerList)]);
  if (!me.ok) return <Failure error={me.error} />;
  if (!containers.ok) return <Failure error={containers.error} />;
  const people = me.value.can.includes('people.see') ? await readCore('/users', UserList) : null;
  return (
    <ExplainPage
      asked={readAsked(await searchParams, me.value.user.id, OFFERED)}
      things={containers.value.items.map(({ id, name }) => ({ id, name }))}
      people={people?.ok ? people.value.items.map(({ id, displayName }) => ({ id, name: displayName })) : []}
      offered={OFFERED.map((capability) => ({ capability, group: CAPABILITIES[capability].group }))}
    />
  );
}
