'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { Appearance } from '@bailiwick/contract';
import { CHOICES } from '../../lib/appearance-cookie.ts';
import { singleKeysOn, subscribeSingleKeys, switchSingleKeys } from '../../lib/keyboard.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Choice, ModeChoice, Option, Row, ThemeChoice, useAppearanceChoice } from './appearance-choice.tsx';

export function AppearancePage({ initial }: { initial: Appearance }) {
  const t = useTranslations('account.appearance');
  const { appearance, problem, choose } = useAppearanceChoice(initial);
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} description={t('description')} />
      {problem !== null && <Banner tone="warning" title={problem} className="mb-4" />}
      <div className="flex flex-col gap-4">
        <ThemeChoice appearance={appearance} choose={choose} />
        <ModeChoice appearance={appearance} choose={choose} />
        <Choice legend={t('density')}>
          <Row>
            {CHOICES.density.map((density) => (
              <Option
                key={density}
                name="density"
                checked={appearance.density === density}
                onChoose={() => choose({ density })}
                label={t(`densities.${density}`)}
              />
            ))}
          </Row>
        </Choice>
        <Choice legend={t('motion')}>
          <Row>
            {CHOICES.motion.map((motion) => (
              <Option
                key={motion}
                name="motion"
                checked={appearance.motion === motion}
                onChoose={() => choose({ motion })}
                label={t(`motions.${motion}`)}
              />
            ))}
          </Row>
        </Choice>
        <SingleKeys />
      </div>
    </div>
  );
}

function SingleKeys() {
  const t = useTranslations('account.keyboard');
  const on = useSyncExternalStore(subscribeSingleKeys, singleKeysOn, () => true);
  return (
    <Card>
      <CardTitle className="mb-3">{t('title')}</CardTitle>
      <label className="flex items-start gap-2">
        <Checkbox checked={on} onChange={(event) => switchSingleKeys(event.target.checked)} className="mt-0.5" />
        <span>
          <span className="block font-medium">{t('singleKeys')}</span>
          <span className="flex flex-wrap items-center gap-1 text-xs text-fg-2">
            {t.rich('singleKeysHint', { key: () => <Kbd keys="r" /> })}
          </span>
        </span>
      </label>
    </Card>
  );
}
