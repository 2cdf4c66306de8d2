'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Tabs } from '../../ui/tabs.tsx';
import { Made, type MadeProps } from './made.tsx';
import { LeftOut, WrittenText } from './written-text.tsx';

const WAYS = ['overview', 'compose', 'run', 'json'] as const;
type Way = (typeof WAYS)[number];
const FILES: Readonly<Record<Exclude<Way, 'overview'>, (name: string) => string>> = {
  compose: () => 'compose.yaml',
  run: (name) => `${name}.sh`,
  json: (name) => `${name}.json`,
};

/** What will be made, to be read by people or by other programs. */
export function MadeTabs({ review, project, access }: MadeProps) {
  const t = useTranslations('deploy.made');
  const words = useTranslations('configuration.export');
  const [chosen, setChosen] = useState<Way>('overview');
  const { written } = review;
  if (written === null) return <Made review={review} project={project} access={access} />;
  return (
    <Tabs
      label={words('ways')}
      tabs={WAYS.map((key) => ({ key, label: key === 'overview' ? t('overview') : words(key) }))}
      value={chosen}
      onChange={setChosen}
    >
      {chosen === 'overview' ? (
        <Made review={review} project={project} access={access} />
      ) : (
        <>
          <LeftOut envNames={review.envNames} />
          <WrittenText fileName={FILES[chosen](review.name)} text={written[chosen]} />
        </>
      )}
    </Tabs>
  );
}
