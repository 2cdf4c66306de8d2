import { Ghost } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';

/** Where the page of a plugin stood whose folder is gone. */
export function GonePlugin() {
  const t = useTranslations('plugins.gone');
  return (
    <EmptyState
      icon={Ghost}
      level="page"
      title={t('title')}
      actions={
        <Button asChild>
          <Link href="/plugins">{t('back')}</Link>
        </Button>
      }
    >
      <p>{t('text')}</p>
    </EmptyState>
  );
}
