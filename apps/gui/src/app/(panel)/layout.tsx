import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AccessRequestList, AlertList, EnvironmentList, type Me } from '@bailiwick/contract';
import { AskForAccessProvider } from '../../features/access-requests/ask-for-access.tsx';
import { RequestsProvider } from '../../features/access-requests/requests-followed.tsx';
import { AlertsProvider } from '../../features/alerts/alerts-followed.tsx';
import { MeProvider } from '../../features/identity/me.tsx';
import { TwoFactorMust } from '../../features/two-factor/two-factor-must.tsx';
import { readProjects } from '../../features/projects/read-project.ts';
import { Failure } from '../../features/shell/failure.tsx';
import { Providers } from '../../features/shell/providers.tsx';
import { Shell } from '../../features/shell/shell.tsx';
import { PagesProvider } from '../../features/shell/use-pages.tsx';
import { readCore, readMe } from '../../lib/core.ts';

export default async function PanelLayout({ children }: { children: ReactNode }) {
  const { setup: _setup, ...messages } = await getMessages();
  return (
    <NextIntlClientProvider messages={messages}>
      <Providers>{await framed(children)}</Providers>
    </NextIntlClientProvider>
  );
}

async function framed(children: ReactNode): Promise<ReactNode> {
  const [me, environments, jar] = await Promise.all([readMe(), readCore('/environments', EnvironmentList), cookies()]);
  if (!me.ok)
    return (
      <main>
        <Failure error={me.error} />
      </main>
    );
  if (me.value.twoFactorMissing)
    return (
      <MeProvider me={me.value}>
        <TwoFactorMust />
      </MeProvider>
    );
  return (
    <MeProvider me={me.value}>
      <PagesProvider seesProjects={await seesProjects(me.value)}>
        <RequestsProvider initial={await pendingRequests()}>
          <AlertsProvider initial={await openAlerts()}>
            <AskForAccessProvider>
              <Shell
                railOpen={jar.get('bw_rail')?.value !== 'closed'}
                environments={environments.ok ? environments.value.items : []}
              >
                {children}
              </Shell>
            </AskForAccessProvider>
          </AlertsProvider>
        </RequestsProvider>
      </PagesProvider>
    </MeProvider>
  );
}

/** Those that wait, the reader's own and those of others; the rest is told live. */
async function pendingRequests() {
  const lists = await Promise.all([
    readCore('/access/requests?state=pending&whose=mine', AccessRequestList),
    readCore('/access/requests?state=pending&whose=theirs', AccessRequestList),
  ]);
  const items = lists.flatMap((list) => (list.ok ? list.value.items : []));
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/** What needs somebody now; the rest is told live. */
async function openAlerts() {
  const list = await readCore('/alerts', AlertList);
  return list.ok ? list.value.items : [];
}

/** Whoever may make projects has a page for them; everybody else has one as soon as they see a project. */
async function seesProjects({ anywhere }: Me): Promise<boolean> {
  if (anywhere.includes('projects.create')) return true;
  const lists = await Promise.all([readProjects('active'), readProjects('archived')]);
  return lists.some((list) => list.ok && list.value.items.length > 0);
}
