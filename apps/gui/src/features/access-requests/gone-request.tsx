import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';

export function GoneRequest() {
  const t = useTranslations('accessRequests.gone');
  return (
    <EmptyState
      icon={Inbox}
      level="page"
      title={t('title')}
      actions={
        <Button asChild>
          <Link href="/access/requests">{t('toRequests')}</Link>
        </Button>
      }
    >
      <p>{t('text')}</p>
    </EmptyState>
  );
}
