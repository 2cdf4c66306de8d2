'use client';

import { Command } from 'cmdk';
import {
  Box,
  CornerDownLeft,
  Keyboard,
  Link2,
  LogOut,
  type LucideIcon,
  Palette as PaletteIcon,
  Rocket,
  SunMoon,
} from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { ContainerList } from '@bailiwick/contract';
import { toContainerSearch } from '@bailiwick/contract/container-search';
import { api } from '../../lib/api.ts';
import { CHOICES } from '../../lib/appearance-cookie.ts';
import { keyboard } from '../../lib/shortcuts.ts';
import { copyText } from '../../ui/clipboard.ts';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { toast } from '../../ui/toast.tsx';
import { changeAppearance, toggleMode } from '../appearance/appearance.ts';
import { useMe } from '../identity/me.tsx';
import { useSignOut } from '../identity/sign-out.ts';
import { useErrorToast } from './error-toast.ts';
import { usePages } from './use-pages.tsx';

const MOST_CONTAINERS = 50;
const ITEM =
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-surface-3 touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-3';
const GROUP =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3';

export interface PaletteProps {
  open: boolean;
  onClose: () => void;
  onShortcuts: () => void;
}

/** Pages, containers, what can be done on this page, and the panel's own commands, by name. */
export function Palette({ open, onClose, onShortcuts }: PaletteProps) {
  const t = useTranslations('shell.palette');
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <DialogContent
        title={<span className="sr-only">{t('title')}</span>}
        description={<span className="sr-only">{t('description')}</span>}
        closable={false}
        className="top-[12dvh] max-w-xl translate-y-0"
      >
        <PaletteList onClose={onClose} onShortcuts={onShortcuts} />
      </DialogContent>
    </Dialog>
  );
}

function PaletteList({ onClose, onShortcuts }: Omit<PaletteProps, 'open'>) {
  const t = useTranslations('shell.palette');
  const [query, setQuery] = useState('');
  return (
    <Command label={t('title')} className="-mt-6 pb-2" loop>
      <Command.Input
        value={query}
        onValueChange={setQuery}
        placeholder={t('placeholder')}
        className="h-11 w-full border-b border-line bg-transparent px-2 text-md outline-none placeholder:text-fg-3 touch:text-lg"
      />
      <Command.List className="max-h-[60dvh] overflow-y-auto pt-1">
        <Command.Empty className="px-2 py-8 text-center text-fg-2">{t('empty', { query })}</Command.Empty>
        <PageActions onClose={onClose} />
        <Pages onClose={onClose} />
        {query !== '' && <Containers query={query} onClose={onClose} />}
        <Commands onClose={onClose} onShortcuts={onShortcuts} />
      </Command.List>
    </Command>
  );
}

function PageActions({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shell.palette');
  const actions = keyboard.list().filter(({ group }) => group !== 'global');
  if (actions.length === 0) return null;
  return (
    <Command.Group heading={t('actions')} className={GROUP}>
      {actions.map(({ keys, label, run }) => (
        <Entry
          key={keys}
          icon={CornerDownLeft}
          value={`${label} ${keys}`}
          keys={keys}
          onSelect={() => {
            onClose();
            run(new KeyboardEvent('keydown'));
          }}
        >
          {label}
        </Entry>
      ))}
    </Command.Group>
  );
}

function Pages({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  return (
    <Command.Group heading={t('palette.pages')} className={GROUP}>
      {usePages().map(({ key, href, icon, keys }) => (
        <Entry key={key} icon={icon} keys={keys} onSelect={() => go(href)}>
          {t(key)}
        </Entry>
      ))}
      <Entry icon={PaletteIcon} onSelect={() => go('/account/appearance')}>
        {t('account.appearance')}
      </Entry>
    </Command.Group>
  );
}

/** Asked for when somebody types, from the list the core has in memory; then searched here. */
function Containers({ query, onClose }: { query: string; onClose: () => void }) {
  const t = useTranslations('shell.palette');
  const router = useRouter();
  const { data } = useQuery({
    queryKey: ['palette', 'containers'],
    queryFn: ({ signal }) => api<ContainerList>('GET', '/containers', { signal }),
  });
  const found = (data?.items ?? []).filter(toContainerSearch(query)).slice(0, MOST_CONTAINERS);
  if (found.length === 0) return null;
  return (
    <Command.Group heading={t('containers')} className={GROUP}>
      {found.map(({ id, name, image }) => (
        <Entry
          key={id}
          icon={Box}
          value={id}
          // Found already: the palette's own search must not hide what matched by a port.
          keywords={[query]}
          onSelect={() => {
            onClose();
            router.push(`/containers/${id}`);
          }}
        >
          <span translate="no" className="truncate">
            {name}
          </span>
          <span translate="no" className="truncate text-xs text-fg-3">
            {image}
          </span>
        </Entry>
      ))}
    </Command.Group>
  );
}

function Commands({ onClose, onShortcuts }: Omit<PaletteProps, 'open'>) {
  const t = useTranslations('shell.palette');
  const themes = useTranslations('account.appearance.themes');
  const router = useRouter();
  const pathname = usePathname();
  const signOut = useSignOut();
  const showError = useErrorToast();
  const mayDeploy = useMe().can.includes('containers.create');
  const after = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Command.Group heading={t('commands')} className={GROUP}>
      {mayDeploy && pathname !== '/catalogue' && (
        <Entry icon={Rocket} onSelect={after(() => router.push('/catalogue'))}>
          {t('deploy')}
        </Entry>
      )}
      <Entry icon={SunMoon} keys="Ctrl Shift l" onSelect={after(() => void toggleMode().catch(showError))}>
        {t('toggleMode')}
      </Entry>
      {CHOICES.theme.map((theme) => (
        <Entry key={theme} icon={PaletteIcon} onSelect={after(() => void changeAppearance({ theme }).catch(showError))}>
          {t('theme', { name: themes(theme) })}
        </Entry>
      ))}
      <Entry
        icon={Link2}
        onSelect={after(() => void copyText(window.location.href).then((done) => done && toast(t('linkCopied'))))}
      >
        {t('copyLink')}
      </Entry>
      <Entry icon={Keyboard} keys="?" onSelect={after(onShortcuts)}>
        {t('shortcuts')}
      </Entry>
      <Entry icon={LogOut} onSelect={after(() => void signOut().catch(showError))}>
        {t('signOut')}
      </Entry>
    </Command.Group>
  );
}

interface EntryProps {
  icon: LucideIcon;
  keys?: string;
  /** Tells the entry from the others; its text where nothing else is given. */
  value?: string;
  /** What is searched beside the value. */
  keywords?: string[];
  onSelect: () => void;
  children: ReactNode;
}

function Entry({ icon: Icon, keys, onSelect, children, ...searched }: EntryProps) {
  return (
    <Command.Item className={ITEM} onSelect={onSelect} {...searched}>
      <Icon aria-hidden />
      {children}
      {keys !== undefined && <Kbd keys={keys} className="ms-auto" />}
    </Command.Item>
  );
}
