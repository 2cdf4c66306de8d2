import { FileX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';

export function GoneDraft() {
  const t = useTranslations('deploy');
  return (
    <EmptyState
      icon={FileX}
      level="page"
      title={t('draft.gone')}
      actions={
        <Button asChild>
          <Link href="/catalogue">{t('toCatalogue')}</Link>
        </Button>
      }
    >
      <p>{t('draft.goneText')}</p>
    </EmptyState>
  );
}
