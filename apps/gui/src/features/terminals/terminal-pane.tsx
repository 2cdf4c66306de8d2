'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ContainerId, Terminal, TerminalNotice } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { announce } from '../../lib/announce.ts';
import { cn } from '../../ui/class-names.ts';
import { type LinkState, TerminalLink, type TerminalWish } from './terminal-link.ts';
import { useTerminalPreferences } from './terminal-preferences.ts';
import { TerminalScreen } from './terminal-screen.ts';

type Viewers = Extract<TerminalNotice, { type: 'viewers' }>['viewers'];

export interface PaneState {
  link: LinkState;
  terminal: Terminal | null;
  viewers: Viewers;
  /** Which of them this page is. */
  viewer: string | null;
  idleEndsAt: string | null;
}
export const NO_STATE: PaneState = {
  link: { state: 'connecting' },
  terminal: null,
  viewers: [],
  viewer: null,
  idleEndsAt: null,
};

export interface PaneHandle {
  focus(): void;
  paste(text: string): void;
  /** As if it were typed. */
  press(keys: string): void;
  takeControl(): void;
  retryNow(): void;
  text(): string;
}

export interface TerminalPaneProps {
  containerId: ContainerId;
  label: string;
  wish: TerminalWish;
  shown: boolean;
  handle: RefObject<PaneHandle | null>;
  onState: (state: PaneState) => void;
  onPaste: (text: string) => void;
  onLink: (address: string) => void;
  onLeave: () => void;
}

/** Typing is being there: a session ends by idleness, and a socket alone does not keep it. */
const SIGN_OF_LIFE_MS = 5 * 60_000;

/** One terminal on the page: what it says, and what is typed to it. */
export function TerminalPane(props: TerminalPaneProps) {
  const t = useTranslations('terminals');
  const place = useRef<HTMLDivElement>(null);
  const screen = useRef<TerminalScreen | null>(null);
  const link = useRef<TerminalLink | null>(null);
  const latest = useRef(props);
  const words = useRef(t);
  const [preferences] = useTerminalPreferences();
  const first = useRef(preferences);
  const [wish] = useState(props.wish);
  useEffect(() => {
    latest.current = props;
    words.current = t;
  });

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let state = NO_STATE;
    const tell = (part: Partial<PaneState>) => {
      state = { ...state, ...part };
      latest.current.onState(state);
    };
    const controls = () => state.viewers.find(({ id }) => id === state.viewer)?.controls ?? false;
    let aliveAt = performance.now();
    const drawn = new TerminalScreen(element, {
      label: latest.current.label,
      ...first.current,
      onType: (text) => {
        opened.type(text);
        if (performance.now() - aliveAt < SIGN_OF_LIFE_MS) return;
        aliveAt = performance.now();
        api('GET', '/me').catch(() => undefined); // the link itself says when the session is over
      },
      onSize: (size) => opened.resize(size),
      onPaste: (text) => latest.current.onPaste(text),
      onLink: (address) => latest.current.onLink(address),
      onLeave: () => latest.current.onLeave(),
    });
    const opened = new TerminalLink({
      containerId: latest.current.containerId,
      wish,
      size: () => drawn.size,
      onShown: ({ terminal, viewer, joins, again }) => {
        if (again && !joins) drawn.clear();
        if (again && joins) drawn.note(words.current('reconnected', { at: new Date() }));
        tell({ terminal, viewer, idleEndsAt: null });
      },
      onData: (bytes, isPast, done) => drawn.write(bytes, { isReplay: isPast, done }),
      onNotice: (notice) => {
        if (notice.type === 'skipped') drawn.note(words.current('skipped', { bytes: notice.bytes }));
        else if (notice.type === 'idle') tell({ idleEndsAt: notice.endsAt });
        else {
          tell({ viewers: notice.viewers });
          drawn.setReadOnly(!controls());
          if (controls()) drawn.refit();
          else drawn.setSize(notice);
        }
      },
      onState: (next) => {
        tell({ link: next, ...(next.state === 'ended' ? { idleEndsAt: null } : {}) });
        if (next.state !== 'live') drawn.setReadOnly(true);
        if (next.state === 'ended') announce(words.current(`ended.${next.exit.reason}`));
      },
    });
    screen.current = drawn;
    link.current = opened;
    opened.open();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const retheme = () => drawn.retheme();
    scheme.addEventListener('change', retheme);
    return () => {
      scheme.removeEventListener('change', retheme);
      opened.close();
      drawn.dispose();
    };
  }, [wish]);

  useImperativeHandle(props.handle, () => ({
    focus: () => screen.current?.focus(),
    paste: (text) => screen.current?.paste(text),
    press: (keys) => {
      link.current?.type(keys);
      screen.current?.focus();
    },
    takeControl: () => link.current?.takeControl(),
    retryNow: () => link.current?.retryNow(),
    text: () => screen.current?.text ?? '',
  }));
  useEffect(() => screen.current?.setFontSize(preferences.fontSize), [preferences.fontSize]);
  useEffect(() => screen.current?.setScreenReader(preferences.screenReader), [preferences.screenReader]);
  useEffect(() => {
    if (!props.shown) return;
    screen.current?.refit();
    screen.current?.focus();
  }, [props.shown]);

  return (
    <div
      data-slot="terminal"
      className={cn('min-h-0 grow overflow-hidden bg-inset p-2', !props.shown && 'hidden')}
      role="group"
      aria-label={props.label}
    >
      <div ref={place} className="size-full" />
    </div>
  );
}
