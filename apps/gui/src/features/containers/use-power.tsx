'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Container } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { toast } from '../../ui/toast.tsx';
import type { DeleteWish } from './container-commands.ts';
import { DeleteContainer } from './delete-container.tsx';
import { useCommands } from './intent-hooks.ts';
import type { PowerAction } from './power.rules.ts';

/** Asks for an action on one container; a delete is confirmed first. `dialog` must be rendered by whoever asks. */
export function usePower(containers: LiveList<Container>): {
  ask: (action: PowerAction, container: Container) => void;
  dialog: ReactNode;
} {
  const t = useTranslations('containers');
  const commands = useCommands(containers);
  const [deleting, setDeleting] = useState<Container | null>(null);

  const ask = (action: PowerAction, container: Container) => {
    if (action === 'delete') setDeleting(container);
    else void run(action, container);
  };
  const run = async (action: Exclude<PowerAction, 'delete'>, container: Container) => {
    const { name } = container;
    announce(`${name}: ${t(`intent.${action}`)}`);
    const done = await commands.power(action, container);
    if (!done) announce(`${name}: ${t(`refused.${action}`)}`, 'assertive');
    else if (action === 'stop') {
      toast.success(t('stoppedToast', { name }), {
        action: { label: t('startAgain'), onClick: () => void run('start', container) },
      });
    }
  };
  const remove = (container: Container, wish: DeleteWish) => {
    setDeleting(null);
    announce(`${container.name}: ${t('intent.delete')}`);
    void commands.remove(container, wish);
  };
  const dialog =
    deleting === null ? null : (
      <DeleteContainer container={deleting} onDelete={remove} onClose={() => setDeleting(null)} />
    );
  return { ask, dialog };
}
