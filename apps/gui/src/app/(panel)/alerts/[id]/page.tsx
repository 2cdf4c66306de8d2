import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlertAnswer } from '@bailiwick/contract';
import { AlertPage } from '../../../../features/alerts/alert-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('page') };
}

export default async function OneAlertPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const alert = await readCore(`/alerts/${encodeURIComponent(id)}`, AlertAnswer);
  if (!alert.ok) return <Failure error={alert.error} />;
  return <AlertPage read={alert.value.item} />;
}
