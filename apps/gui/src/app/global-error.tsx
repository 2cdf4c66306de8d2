'use client';

import { createTranslator } from 'next-intl';
import common from '../../messages/en/common.json' with { type: 'json' };
import shell from '../../messages/en/shell.json' with { type: 'json' };
import '../ui/globals.css';

/** When even the frame breaks: no shell and no chosen language are there to rely on. */
export default function GlobalErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = createTranslator({ locale: 'en', messages: { common, shell } });
  return (
    <html lang="en" data-theme="cobalt" data-mode="system">
      <head>
        <title>{t('common.panel')}</title>
      </head>
      <body>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-4 p-4 text-center">
          <h1 className="text-xl font-semibold">{t('shell.failed.title')}</h1>
          <p className="text-fg-2">{t('shell.failed.hint')}</p>
          <button
            type="button"
            onClick={reset}
            className="h-control rounded-md border border-line-strong bg-surface-1 px-3 hover:bg-surface-2"
          >
            {t('common.retry')}
          </button>
        </main>
      </body>
    </html>
  );
}
