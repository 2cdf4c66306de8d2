import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccessRequestList } from '@bailiwick/contract';
import { readTab } from '../../../../features/access-requests/request.rules.ts';
import { RequestsPage } from '../../../../features/access-requests/requests-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  searchParams: Promise<{ tab?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accessRequests'))('page') };
}

export default async function AccessRequestsPage({ searchParams }: Props) {
  const tab = readTab((await searchParams).tab);
  const requests = await readCore(`/access/requests?whose=${tab === 'mine' ? 'mine' : 'theirs'}`, AccessRequestList);
  if (!requests.ok) return <Failure error={requests.error} />;
  return <RequestsPage read={requests.value.items} tab={tab} />;
}
