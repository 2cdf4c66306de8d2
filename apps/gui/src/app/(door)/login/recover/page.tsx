import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RecoverAccount } from '../../../../features/password-resets/recover-account.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login.recover'))('title'), referrer: 'no-referrer' };
}

/** The token stands behind the hash, which no server is told: everything else is the browser's. */
export default function RecoverPage() {
  return <RecoverAccount />;
}
