import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccessRequestAnswer } from '@bailiwick/contract';
import { GoneRequest } from '../../../../../features/access-requests/gone-request.tsx';
import { RequestPage } from '../../../../../features/access-requests/request-page.tsx';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accessRequests'))('page') };
}

export default async function AccessRequestPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const request = await readCore(`/access/requests/${encodeURIComponent(id)}`, AccessRequestAnswer);
  if (request.ok) return <RequestPage key={id} read={request.value.item} />;
  const { code } = request.error;
  return code === 'not_found' || code === 'invalid_request' ? <GoneRequest /> : <Failure error={request.error} />;
}
