'use client';

import { CircleCheck, Copy, LogOut, Square, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { User } from '@bailiwick/contract';
import { copyText } from '../../ui/clipboard.ts';
import { Menu, MenuContent, MenuItem, MenuLine, MenuTrigger } from '../../ui/menu.tsx';
import { useMe } from '../identity/me.tsx';
import type { PersonActions } from './person-actions.tsx';
import { usePersonWhy } from './person-why.ts';

/** Why somebody may not be disabled; nobody locks themselves out. */
export function useDisableReason(): (user: User) => string | null {
  const t = useTranslations('people.why');
  const why = usePersonWhy();
  const me = useMe();
  return (user) => (user.active && user.id === me.user.id ? t('oneself') : why(user, 'people.update'));
}

/** What can be done to somebody from the list and, where it cannot, why. */
export function PersonMenu({ user, actions, children }: { user: User; actions: PersonActions; children: ReactNode }) {
  const t = useTranslations('people.action');
  const why = usePersonWhy();
  const disableReason = useDisableReason()(user);
  return (
    <Menu>
      <MenuTrigger asChild>{children}</MenuTrigger>
      <MenuContent>
        <MenuItem reason={disableReason} onSelect={() => void actions.setActive(user, !user.active)}>
          {user.active ? <Square aria-hidden /> : <CircleCheck aria-hidden />}
          {user.active ? t('disable') : t('enable')}
        </MenuItem>
        <MenuItem reason={why(user, 'people.sessions')} onSelect={() => void actions.endSessions(user)}>
          <LogOut aria-hidden />
          {t('endSessions')}
        </MenuItem>
        <MenuItem onSelect={() => void copyText(user.id)}>
          <Copy aria-hidden />
          {t('copyId')}
        </MenuItem>
        <MenuLine />
        <MenuItem look="danger" reason={why(user, 'people.delete')} onSelect={() => actions.askDelete(user)}>
          <Trash2 aria-hidden />
          {t('delete')}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
