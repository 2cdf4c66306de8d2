import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AcceptPage } from '../../../features/invitations/accept-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login.invite'))('title'), referrer: 'no-referrer' };
}

/** The token stands behind the hash, which no server is told: everything else is the browser's. */
export default function InvitePage() {
  return <AcceptPage />;
}
