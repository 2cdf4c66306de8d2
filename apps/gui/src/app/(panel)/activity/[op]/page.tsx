import type { Metadata } from 'next';
import { cache } from 'react';
import { Operation } from '@bailiwick/contract';
import { BackToActivity } from '../../../../features/operations/back-to-activity.tsx';
import { OperationView } from '../../../../features/operations/operation-view.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ op: string }>;
}

const readOperation = cache((id: string) => readCore(`/operations/${encodeURIComponent(id)}`, Operation));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const operation = await readOperation((await params).op);
  return operation.ok ? { title: operation.value.target.label } : {};
}

export default async function OperationPage({ params }: Props) {
  const { op } = await params;
  const operation = await readOperation(op);
  if (!operation.ok) {
    const { error } = operation;
    return <Failure error={error.code === 'invalid_request' ? { ...error, code: 'not_found' } : error} />;
  }
  return (
    <div className="max-w-4xl">
      <BackToActivity />
      <OperationView key={op} initial={operation.value} />
    </div>
  );
}
