'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { NoAccess } from '../../ui/face.tsx';

/** For who may deploy from the catalogue only. */
export function NoImageDeploys() {
  const t = useTranslations('deploy');
  return (
    <NoAccess
      level="page"
      title={t('image.notForYou')}
      actions={
        <Button asChild>
          <Link href="/catalogue">{t('toCatalogue')}</Link>
        </Button>
      }
    >
      <p>{t('image.needs')}</p>
    </NoAccess>
  );
}
