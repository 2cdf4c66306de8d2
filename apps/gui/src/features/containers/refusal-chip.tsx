'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { intents, useIntent } from './intent-hooks.ts';

/** What was refused and why, beside the container it was asked of, until somebody has read it. */
export function RefusalChip({ id, name }: { id: string; name: string }) {
  const t = useTranslations('containers');
  const toWords = useErrorWords();
  const intent = useIntent(id);
  if (intent?.state !== 'refused') return null;
  return (
    <Badge tone="danger" role="alert" className="max-w-full gap-1 rounded-md py-0 pe-0 whitespace-normal">
      <span>
        {t(`refused.${intent.action}`)}: {toWords(intent.error).text}
      </span>
      <IconButton
        label={t('refused.dismiss', { name })}
        className="size-6 text-danger"
        onClick={() => intents.dismiss(id)}
      >
        <X aria-hidden />
      </IconButton>
    </Badge>
  );
}
