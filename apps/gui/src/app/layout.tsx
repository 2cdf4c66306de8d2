import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { APP_COLORS } from '../lib/app-colors.ts';
import { APPEARANCE_COOKIE, fromCookie } from '../lib/appearance-cookie.ts';
import '../ui/globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return { title: { default: t('panel'), template: `%s · ${t('panel')}` }, robots: { index: false, follow: false } };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: APP_COLORS.light },
    { media: '(prefers-color-scheme: dark)', color: APP_COLORS.dark },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, mode, density, motion } = fromCookie((await cookies()).get(APPEARANCE_COOKIE)?.value);
  return (
    <html lang={await getLocale()} data-theme={theme} data-mode={mode} data-density={density} data-motion={motion}>
      <body>{children}</body>
    </html>
  );
}
