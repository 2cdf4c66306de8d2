import type { MetadataRoute } from 'next';
import { getTranslations } from 'next-intl/server';
import { APP_COLORS } from '../lib/app-colors.ts';
import icon192 from '../ui/app-icon-192.png';
import icon512 from '../ui/app-icon-512.png';
import maskable from '../ui/app-icon-maskable-512.png';

/** With it a browser installs the panel as an app. There is no service worker: what it kept would outlive a right that ended. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations('common');
  return {
    id: '/',
    name: t('panel'),
    short_name: t('panel'),
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: APP_COLORS.light,
    theme_color: APP_COLORS.light,
    icons: [
      { src: icon192.src, sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: icon512.src, sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: maskable.src, sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
