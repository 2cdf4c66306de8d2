import { ListPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Preset } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';

interface Props {
  preset: Preset;
  website: NonNullable<Preset['website']>;
  name: ReactNode;
  port: ReactNode;
  onShowAll: () => void;
}

/** The short way to a website: what it is called, what it is, where it is reached and where its files are. */
export function WebsiteDoor({ preset, website, name, port, onShowAll }: Props) {
  const t = useTranslations('deploy.door');
  const folder = preset.config.volumes.find((volume) => volume.name === website.volume);
  const title = t('title');
  return (
    <>
      <Card aria-label={title} className="flex flex-col gap-4">
        <CardTitle>{title}</CardTitle>
        {name}
        <Fact name={t('kind')}>{t('kindOf', { kind: website.label, image: preset.config.image })}</Fact>
        {port}
        {folder && <Fact name={t('folder')}>{t('folderAt', { path: folder.target })}</Fact>}
      </Card>
      <Button type="button" className="self-start" onClick={onShowAll}>
        <ListPlus aria-hidden />
        {t('showAll')}
      </Button>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <dl>
      <dt className="font-medium">{name}</dt>
      <dd className="break-words text-fg-2">{children}</dd>
    </dl>
  );
}
