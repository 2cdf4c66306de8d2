import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PrincipalList, TargetAccess } from '@bailiwick/contract';
import { AccessTab } from '../../../../../features/access/access-tab.tsx';
import { ExplainByAddress } from '../../../../../features/access/explain-by-address.tsx';
import { readContainer } from '../../../../../features/container-page/read-container.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, container] = await Promise.all([
    getTranslations('containers.page'),
    params.then(({ id }) => readContainer(id)),
  ]);
  return container.ok ? { title: `${container.value.name} · ${t('access')}` } : {};
}

export default async function ContainerAccessPage({ params }: Props) {
  const container = await readContainer((await params).id);
  // The layout shows why there is nothing here.
  if (!container.ok) return null;
  const { id, name, owner } = container.value;
  const [access, choices] = await Promise.all([
    readCore(`/access/on?resource=${id}`, TargetAccess),
    readCore(`/access/principals?resource=${id}`, PrincipalList),
  ]);
  if (access.ok && choices.ok) {
    return <AccessTab container={{ id, name, owner }} first={{ access: access.value, choices: choices.value }} />;
  }
  const error = access.ok ? (choices.ok ? null : choices.error) : access.error;
  return (
    <>
      {error && <Failure level="part" error={error} />}
      <ExplainByAddress container={id} />
    </>
  );
}
