'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Environment } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** Every engine that does not answer: since when, why, and that what is shown is what was last known. */
export function EngineBanners({ environments }: { environments: readonly Environment[] }) {
  const offline = environments.filter(({ state }) => state === 'offline');
  if (offline.length === 0) return null;
  return (
    <div className="mb-3 flex flex-col gap-2">
      {offline.map((environment) => (
        <EngineBanner key={environment.id} environment={environment} />
      ))}
    </div>
  );
}

function EngineBanner({ environment: { name, since, syncedAt, reason } }: { environment: Environment }) {
  const t = useTranslations('containers.offline');
  return (
    <Banner
      tone="warning"
      title={
        <>
          {t('title', { name })} · <TimeAgo at={since} form="span" />
        </>
      }
      actions={
        <Button asChild size="small">
          <Link href="/environments">{t('environment')}</Link>
        </Button>
      }
    >
      <p>{syncedAt === null ? t('never') : t.rich('text', { age: () => <TimeAgo at={syncedAt} /> })}</p>
      {reason !== null && reason.hint !== '' && <p>{reason.hint}</p>}
    </Banner>
  );
}
