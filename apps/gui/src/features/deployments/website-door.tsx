import { ListPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Preset } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { WebsiteKind } from './website-kind.tsx';

interface Props {
  preset: Preset;
  website: NonNullable<Preset['website']>;
  name: ReactNode;
  port: ReactNode;
  files: ReactNode;
  onShowAll: () => void;
}

/** The short way to a website, in four questions: what it is called, what it is, where it is reached, where its files are. */
export function WebsiteDoor({ preset, website, name, port, files, onShowAll }: Props) {
  const t = useTranslations('deploy.door');
  const title = t('title');
  return (
    <>
      <Card aria-label={title} className="flex flex-col gap-4">
        <CardTitle>{title}</CardTitle>
        {name}
        <WebsiteKind preset={preset} website={website} />
        {port}
        {files}
      </Card>
      <Button type="button" className="self-start" onClick={onShowAll}>
        <ListPlus aria-hidden />
        {t('showAll')}
      </Button>
    </>
  );
}
