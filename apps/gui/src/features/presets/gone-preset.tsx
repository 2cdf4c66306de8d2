import { PackageX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';

export function GonePreset() {
  const t = useTranslations('catalogue.page');
  const deploy = useTranslations('deploy');
  return (
    <EmptyState
      icon={PackageX}
      level="page"
      title={t('gone')}
      actions={
        <Button asChild>
          <Link href="/catalogue">{deploy('toCatalogue')}</Link>
        </Button>
      }
    >
      <p>{t('goneText')}</p>
    </EmptyState>
  );
}
