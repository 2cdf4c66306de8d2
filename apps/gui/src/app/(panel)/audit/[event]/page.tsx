import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditEventAnswer } from '@bailiwick/contract';
import { readAuditView } from '../../../../features/audit/audit-view.rules.ts';
import { EventPage } from '../../../../features/audit/event-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ event: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit.event'))('title') };
}

export default async function AuditEventPage({ params, searchParams }: Props) {
  const [{ event }, query] = await Promise.all([params, searchParams]);
  const answer = await readCore(`/audit/${encodeURIComponent(event)}`, AuditEventAnswer);
  if (!answer.ok) {
    const { error } = answer;
    return <Failure error={error.code === 'invalid_request' ? { ...error, code: 'not_found' } : error} />;
  }
  return <EventPage event={answer.value.item} back={readAuditView(query)} />;
}
