import { useTranslations } from 'next-intl';
import { Badge } from '../../ui/badge.tsx';
import type { Offer } from './catalogue.rules.ts';

/** Where it comes from, and who may deploy it. */
export function PresetBadges({ offer: { preset, source, archivedAt } }: { offer: Offer }) {
  const t = useTranslations('catalogue');
  return (
    <>
      <Badge>{t(source === 'shipped' ? 'badge.official' : 'badge.custom')}</Badge>
      {preset.selfService && <Badge tone="info">{t('selfService')}</Badge>}
      {archivedAt !== null && <Badge tone="warning">{t('badge.archived')}</Badge>}
    </>
  );
}
