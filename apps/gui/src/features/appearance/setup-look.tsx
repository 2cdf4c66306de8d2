'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Appearance } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { SetupHeading } from '../identity/setup-heading.tsx';
import { addressAfter } from '../identity/setup-steps.rules.ts';
import { ModeChoice, ThemeChoice, useAppearanceChoice } from './appearance-choice.tsx';

export function SetupLook({ initial }: { initial: Appearance }) {
  const t = useTranslations('setup.look');
  const { appearance, problem, choose } = useAppearanceChoice(initial);
  return (
    <>
      <SetupHeading>{t('title')}</SetupHeading>
      <p className="mt-1 mb-4 text-fg-2">{t('description')}</p>
      {problem !== null && <Banner tone="warning" title={problem} className="mb-4" />}
      <div className="flex flex-col gap-4">
        <ThemeChoice appearance={appearance} choose={choose} />
        <ModeChoice appearance={appearance} choose={choose} />
      </div>
      <Button asChild look="primary" className="mt-4">
        <Link href={addressAfter('look')}>{t('next')}</Link>
      </Button>
    </>
  );
}
