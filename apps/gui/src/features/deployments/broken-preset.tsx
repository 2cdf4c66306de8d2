import { FileX2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';

export function BrokenPreset({ file, reason }: { file: string; reason: string }) {
  const t = useTranslations('deploy');
  return (
    <EmptyState
      icon={FileX2}
      level="page"
      title={t('brokenTitle')}
      actions={
        <Button asChild>
          <Link href="/catalogue">{t('toCatalogue')}</Link>
        </Button>
      }
    >
      <p>{t('brokenText', { file, reason })}</p>
    </EmptyState>
  );
}
