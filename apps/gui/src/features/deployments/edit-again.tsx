'use client';

import { PencilLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';

/** Back to the form as it was sent. */
export function EditAgain({ onEdit }: { onEdit: () => void }) {
  const t = useTranslations('deploy');
  return (
    <Button onClick={onEdit}>
      <PencilLine aria-hidden />
      {t('editAgain')}
    </Button>
  );
}
