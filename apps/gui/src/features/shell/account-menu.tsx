'use client';

import { Keyboard, KeyRound, LogOut, Palette, ShieldCheck, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuLine, MenuLink, MenuTrigger } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.tsx';
import { useMe } from '../identity/me.tsx';
import { useSignOut } from '../identity/sign-out.ts';
import { useViewAs } from '../view-as/view-as.ts';
import { useErrorToast } from './error-toast.ts';

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const t = useTranslations('shell.account');
  const { user, viewedBy } = useMe();
  const { stop } = useViewAs();
  const signOut = useSignOut();
  const showError = useErrorToast();
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={t('open', { name: user.displayName })}>
          <UserRound aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent className="min-w-56">
        <MenuLabel>
          <span className="block text-sm font-medium text-fg" translate="no">
            {user.displayName}
          </span>
          <span translate="no">{user.username}</span>
          {' · '}
          {t(`role.${user.platformRole}`)}
        </MenuLabel>
        <MenuLine />
        <MenuLink>
          <Link href="/account">
            <UserRound aria-hidden />
            {t('profile')}
          </Link>
        </MenuLink>
        <MenuLink>
          <Link href="/account/appearance">
            <Palette aria-hidden />
            {t('appearance')}
          </Link>
        </MenuLink>
        <MenuLink>
          <Link href="/account/two-factor">
            <ShieldCheck aria-hidden />
            {t('twoFactor')}
          </Link>
        </MenuLink>
        <MenuLink>
          <Link href="/account/tokens">
            <KeyRound aria-hidden />
            {t('tokens')}
          </Link>
        </MenuLink>
        <MenuItem onSelect={onShortcuts} hint={<Kbd keys="?" />}>
          <Keyboard aria-hidden />
          {t('shortcuts')}
        </MenuItem>
        <MenuLine />
        <MenuItem
          onSelect={() => {
            toast.dismiss();
            // Who looks as somebody else is not signed in as them.
            (viewedBy === null ? signOut() : stop()).catch(showError);
          }}
        >
          <LogOut aria-hidden />
          {t(viewedBy === null ? 'signOut' : 'stopViewing')}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
