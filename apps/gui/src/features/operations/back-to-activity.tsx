import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

export function BackToActivity() {
  const t = useTranslations('operations.page');
  return (
    <Link
      href="/activity"
      className="mb-3 inline-flex min-h-6 items-center gap-1 text-fg-2 hover:text-fg hover:underline touch:min-h-11"
    >
      <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
      {t('back')}
    </Link>
  );
}
