import { Ghost } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';

/** Where a role's page stood. */
export function GoneRole() {
  const t = useTranslations('roles.gone');
  return (
    <EmptyState
      icon={Ghost}
      level="page"
      title={t('title')}
      actions={
        <Button asChild>
          <Link href="/access/roles">{t('back')}</Link>
        </Button>
      }
    >
      <p>{t('text')}</p>
    </EmptyState>
  );
}
