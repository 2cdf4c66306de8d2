import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { AppearancePage } from '../../../../features/appearance/appearance-page.tsx';
import { APPEARANCE_COOKIE, fromCookie } from '../../../../lib/appearance-cookie.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.appearance'))('title') };
}

export default async function AccountAppearancePage() {
  return <AppearancePage initial={fromCookie((await cookies()).get(APPEARANCE_COOKIE)?.value)} />;
}
