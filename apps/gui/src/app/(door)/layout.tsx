import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Mark } from '../../features/shell/mark.tsx';
import { Providers } from '../../features/shell/providers.tsx';

export default async function DoorLayout({ children }: { children: ReactNode }) {
  const { common, environments, errors, login, setup, shell } = await getMessages();
  const t = await getTranslations('common');
  return (
    <NextIntlClientProvider messages={{ common, environments, errors, login, setup, shell }}>
      <Providers>
        <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center p-4">
          <p className="mb-4 flex items-center gap-2 text-lg font-semibold">
            <Mark />
            {t('panel')}
          </p>
          <div className="rounded-xl border border-line bg-surface-1 p-6 max-sm:p-4">{children}</div>
        </main>
      </Providers>
    </NextIntlClientProvider>
  );
}
