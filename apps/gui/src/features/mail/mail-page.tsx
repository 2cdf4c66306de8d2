'use client';

import { MailX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { MailStatus } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { TestMail } from './test-mail.tsx';

const VARIABLES = ['BAILIWICK_SMTP_HOST', 'BAILIWICK_SMTP_FROM'];
const PAPER = 'docs/configuration.md';

/** Where mail goes, how it is going, and a test. It is set up where the core is started. */
export function MailPage({ status }: { status: MailStatus }) {
  const t = useTranslations('settings.mail');
  const { server } = status;
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      {server === null ? (
        <EmptyState icon={MailX} title={t('none')}>
          <p>{t('noneText', { variables: VARIABLES.join(', '), paper: PAPER })}</p>
        </EmptyState>
      ) : (
        <div className="flex max-w-2xl flex-col gap-4">
          <LastFailure status={status} />
          <Card aria-label={t('server')}>
            <CardTitle className="mb-3">{t('server')}</CardTitle>
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
              <Fact name={t('host')}>{`${server.host}:${server.port}`}</Fact>
              <Fact name={t('encryption')}>{t(`tls.${server.tls}`)}</Fact>
              <Fact name={t('user')}>{server.user ?? t('noUser')}</Fact>
              <Fact name={t('from')}>{server.from}</Fact>
              <Fact name={t('waiting')}>{t('count', { count: status.waiting })}</Fact>
              <Fact name={t('failed')}>{t('count', { count: status.failed })}</Fact>
            </dl>
          </Card>
          <TestMail />
        </div>
      )}
    </>
  );
}

function LastFailure({ status: { lastFailure, waiting } }: { status: MailStatus }) {
  const t = useTranslations('settings.mail');
  if (lastFailure === null) return null;
  return (
    <Banner tone={waiting > 0 ? 'danger' : 'warning'} title={t(`failure.${lastFailure.failure}`)}>
      <p>
        {t('lastFailed')} <TimeAgo at={lastFailure.at} />
      </p>
      {lastFailure.said !== null && <p className="font-mono text-xs break-words">{lastFailure.said}</p>}
    </Banner>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-fg-2">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);
