'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Preset, Why } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { NoAccess } from '../../ui/face.tsx';
import { useWhy } from '../containers/why-hook.ts';

/** For who may look at a preset and not deploy it. */
export function ShutPreset({ preset, why }: { preset: Preset; why: Why | undefined }) {
  const t = useTranslations('catalogue');
  const deploy = useTranslations('deploy');
  const toSentence = useWhy();
  return (
    <NoAccess
      level="page"
      title={t('notForYou')}
      actions={
        <Button asChild>
          <Link href="/catalogue">{deploy('toCatalogue')}</Link>
        </Button>
      }
    >
      <p className="break-words">{preset.title}</p>
      {why && <p>{toSentence(why)}</p>}
    </NoAccess>
  );
}
