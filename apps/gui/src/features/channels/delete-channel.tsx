'use client';

import { useTranslations } from 'next-intl';
import type { Channel } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { RemovalDialog } from '../shell/removal-dialog.tsx';

interface Props {
  channel: Channel;
  base: `/${string}`;
  onClose: () => void;
  onDeleted: () => void;
}

/** Says what is lost with it before it goes. */
export function DeleteChannel({ channel, base, onClose, onDeleted }: Props) {
  const t = useTranslations('channels.delete');
  return (
    <RemovalDialog
      title={t('title', { name: channel.name })}
      keep={t('keep')}
      submit={t('submit')}
      path={`${base}/${channel.id}`}
      onRemoved={() => {
        announce(t('done'));
        onDeleted();
      }}
      onClose={onClose}
    >
      {t('text', { waiting: channel.waiting })}
    </RemovalDialog>
  );
}
