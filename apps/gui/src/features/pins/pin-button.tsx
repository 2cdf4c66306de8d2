'use client';

import { Pin, PinOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Container, MOST_PINS } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { usePins } from './use-pins.ts';

/** Puts a container on its reader's first page, and takes it away from there. */
export function PinButton({ container: { id, name } }: { container: Pick<Container, 'id' | 'name'> }) {
  const t = useTranslations('home.pins');
  const { pinned, put } = usePins();
  const isPinned = pinned?.includes(id) ?? false;
  const isFull = !isPinned && (pinned?.length ?? 0) >= MOST_PINS;
  const toggle = () => {
    if (pinned === undefined) return;
    void put(isPinned ? pinned.filter((each) => each !== id) : [...pinned, id]);
    announce(t(isPinned ? 'unpinned' : 'pinned', { name }));
  };
  return (
    <IconButton
      label={isFull ? t('full', { count: MOST_PINS }) : t(isPinned ? 'unpin' : 'pin')}
      look="secondary"
      aria-pressed={isPinned}
      disabled={pinned === undefined || isFull}
      onClick={toggle}
    >
      {isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
    </IconButton>
  );
}
