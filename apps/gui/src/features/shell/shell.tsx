'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import type { Environment } from '@bailiwick/contract';
import { useKeyboard, useShortcuts } from '../../lib/shortcuts.ts';
import { cn } from '../../ui/class-names.ts';
import { adoptAppearance, toggleMode } from '../appearance/appearance.ts';
import { useMe } from '../identity/me.tsx';
import { UploadTray } from '../files/upload-tray.tsx';
import { SessionEnded } from '../identity/session-ended.tsx';
import { SessionWatch } from '../identity/session-watch.tsx';
import { StepUp } from '../identity/step-up.tsx';
import { ViewingFrame } from '../view-as/viewing-frame.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { useErrorToast } from './error-toast.ts';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { RouteFocus } from './route-focus.tsx';
import { RouteProgress } from './route-progress.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { TopBar } from './top-bar.tsx';
import { usePages } from './use-pages.tsx';

const RAIL_COOKIE = 'bw_rail';
const YEAR_S = 31_536_000;

export interface ShellProps {
  railOpen: boolean;
  environments: readonly Environment[];
  children: ReactNode;
}

/** The frame of every signed-in page. */
export function Shell({ railOpen, environments, children }: ShellProps) {
  const t = useTranslations('common');
  const [open, setOpen] = useState(railOpen);
  const [overlay, setOverlay] = useState<'none' | 'palette' | 'shortcuts'>('none');
  const toggleRail = () => {
    document.cookie = `${RAIL_COOKIE}=${open ? 'closed' : 'open'}; path=/; max-age=${YEAR_S}; samesite=lax`;
    setOpen(!open);
  };
  const { appearance, viewedBy } = useMe();
  useEffect(() => adoptAppearance(appearance), [appearance]);
  useKeyboard();
  useShellShortcuts({
    toggleRail,
    openPalette: () => setOverlay('palette'),
    openShortcuts: () => setOverlay('shortcuts'),
  });
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-surface-3 px-3 py-2 focus:not-sr-only focus:fixed focus:start-2 focus:top-2"
      >
        {t('skipToContent')}
      </a>
      <Rail open={open} onToggle={toggleRail} />
      <div className="flex min-w-0 grow flex-col">
        <TopBar
          environments={environments}
          onFind={() => setOverlay('palette')}
          onShortcuts={() => setOverlay('shortcuts')}
        />
        <main
          id="main"
          tabIndex={-1}
          className={cn('min-w-0 grow p-3 pb-20 md:p-4 md:pb-6 lg:p-6', viewedBy !== null && 'pb-40 md:pb-20 lg:pb-20')}
        >
          {children}
        </main>
      </div>
      <BottomBar onFind={() => setOverlay('palette')} />
      <ViewingFrame />
      <RouteFocus />
      <RouteProgress />
      <UploadTray />
      <StepUp />
      <SessionEnded />
      <SessionWatch />
      <Palette
        open={overlay === 'palette'}
        onClose={() => setOverlay('none')}
        onShortcuts={() => setOverlay('shortcuts')}
      />
      <ShortcutSheet open={overlay === 'shortcuts'} onClose={() => setOverlay('none')} />
    </div>
  );
}

function useShellShortcuts(actions: {
  toggleRail: () => void;
  openPalette: () => void;
  openShortcuts: () => void;
}): void {
  const t = useTranslations('shell');
  const router = useRouter();
  const pages = usePages();
  const showError = useErrorToast();
  useShortcuts([
    { keys: 'Ctrl k', label: t('shortcuts.palette'), group: 'global', run: actions.openPalette },
    { keys: '?', label: t('shortcuts.sheet'), group: 'global', run: actions.openShortcuts },
    { keys: '[', label: t('shortcuts.rail'), group: 'global', run: actions.toggleRail },
    {
      keys: 'Ctrl Shift l',
      label: t('shortcuts.mode'),
      group: 'global',
      run: () => void toggleMode().catch(showError),
    },
    { keys: '/', label: t('shortcuts.filter'), group: 'global', run: focusFilter },
    ...pages.map((page) => ({
      keys: page.keys,
      label: t('shortcuts.goTo', { page: t(page.key) }),
      group: 'global' as const,
      run: () => router.push(page.href),
    })),
  ]);
}

/** A page marks its filter with `data-page-filter`. */
function focusFilter(): void {
  document.querySelector<HTMLInputElement>('[data-page-filter]')?.focus();
}
