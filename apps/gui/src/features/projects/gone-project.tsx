import { Ghost } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';

/** Where a project's page stood, or where one is that the reader may not see. */
export function GoneProject() {
  const t = useTranslations('projects.gone');
  return (
    <EmptyState
      icon={Ghost}
      level="page"
      title={t('title')}
      actions={
        <Button asChild>
          <Link href="/projects">{t('back')}</Link>
        </Button>
      }
    >
      <p>{t('text')}</p>
    </EmptyState>
  );
}
