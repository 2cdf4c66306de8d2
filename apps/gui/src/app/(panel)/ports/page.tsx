import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PortList } from '@bailiwick/contract';
import { PortsPage } from '../../../features/ports/ports-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('ports'))('title') };
}

export default async function PortMapPage() {
  const ports = await readCore('/ports', PortList);
  return ports.ok ? <PortsPage initial={ports.value} /> : <Failure error={ports.error} />;
}
