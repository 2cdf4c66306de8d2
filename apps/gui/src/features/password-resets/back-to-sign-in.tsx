'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';

export function BackToSignIn() {
  const t = useTranslations('login.forgot');
  return (
    <Button asChild look="ghost">
      <Link href="/login">{t('back')}</Link>
    </Button>
  );
}
