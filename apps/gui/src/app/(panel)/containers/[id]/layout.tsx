import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { EnvironmentList } from '@bailiwick/contract';
import { ContainerFrame } from '../../../../features/container-page/container-frame.tsx';
import { GoneContainer } from '../../../../features/container-page/gone-container.tsx';
import { readContainer } from '../../../../features/container-page/read-container.ts';
import { readFarewell } from '../../../../features/container-page/read-farewell.ts';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const container = await readContainer((await params).id);
  return container.ok ? { title: container.value.name } : {};
}

export default async function ContainerLayout({ params, children }: Props) {
  const { id } = await params;
  const [container, environments] = await Promise.all([readContainer(id), readCore('/environments', EnvironmentList)]);
  if (container.ok) {
    return (
      <ContainerFrame key={id} initial={container.value} environments={environments.ok ? environments.value.items : []}>
        {children}
      </ContainerFrame>
    );
  }
  const { code } = container.error;
  if (code === 'not_found' || code === 'invalid_request') return <GoneContainer {...await readFarewell(id)} />;
  return <Failure error={container.error} />;
}
