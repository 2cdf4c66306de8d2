'use client';

import '@xterm/xterm/css/xterm.css';
import { Plus, Settings2, SquareTerminal, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Container, Terminal } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { downloadText } from '../../ui/download.ts';
import { EmptyState } from '../../ui/face.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu.tsx';
import { Button } from '../../ui/button.tsx';
import { api, ApiError } from '../../lib/api.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import { useMe } from '../identity/me.tsx';
import { OWN_TERMINALS } from './own-terminals.ts';
import { LinkDialog } from './link-dialog.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import type { TerminalWish } from './terminal-link.ts';
import { NO_STATE, type PaneHandle, type PaneState, TerminalPane } from './terminal-pane.tsx';
import { LARGEST, SMALLEST, useTerminalPreferences } from './terminal-preferences.ts';
import { TouchKeys } from './touch-keys.tsx';
import { RecordedBanner, TerminalBanner, TerminalFacts } from './terminal-status.tsx';

interface Tab {
  readonly key: number;
  readonly wish: TerminalWish;
  readonly handle: { current: PaneHandle | null };
}
const aTab = (key: number, wish: TerminalWish): Tab => ({ key, wish, handle: { current: null } });
const PLAIN: TerminalWish = { kind: 'open', root: false };

export interface ShellPageProps {
  container: Pick<Container, 'id' | 'name' | 'rights' | 'state'>;
  /** Those that are open there. */
  open: readonly Terminal[];
}

/** Shells in one container: those one has go on where they were left, else one begins at once. */
export default function ShellPage({ container, open }: ShellPageProps) {
  const t = useTranslations('terminals');
  const me = useMe();
  const queries = useQueryClient();
  const fail = useErrorToast();
  const own = open.filter(({ openedBy }) => openedBy.id === me.user.id);
  const others = open.filter(({ openedBy }) => openedBy.id !== me.user.id);
  const isUp = container.state === 'running';
  const [tabs, setTabs] = useState<readonly Tab[]>(() => {
    if (own.length > 0) return own.map(({ id }, at) => aTab(at, { kind: 'attach', id }));
    return isUp ? [aTab(0, PLAIN)] : [];
  });
  const [current, setCurrent] = useState(0);
  const [states, setStates] = useState<Readonly<Record<number, PaneState>>>({});
  const [pasted, setPasted] = useState<string | null>(null);
  const [address, setAddress] = useState<string | null>(null);
  const next = useRef(tabs.length);
  const leaveTo = useRef<HTMLButtonElement>(null);
  const mayRoot = container.rights.can.includes('containers.shellRoot');
  const tab = tabs.find(({ key }) => key === current);
  const state = states[current] ?? NO_STATE;

  const add = (wish: TerminalWish) => {
    const key = next.current++;
    setTabs((was) => [...was, aTab(key, wish)]);
    setCurrent(key);
  };
  const note = (key: number, told: PaneState) => {
    setStates((was) => ({ ...was, [key]: told }));
    void queries.invalidateQueries({ queryKey: OWN_TERMINALS });
  };
  const end = ({ id }: Terminal) =>
    api('DELETE', `/containers/${container.id}/terminals/${id}`)
      .catch((error: unknown) => {
        // It ended by itself in the same moment.
        if (!(error instanceof ApiError && error.envelope.code === 'not_found')) fail(error);
      })
      .then(() => queries.invalidateQueries({ queryKey: OWN_TERMINALS }));
  const close = (closed: Tab) => {
    const told = states[closed.key];
    if (told?.terminal && told.link.state !== 'ended' && told.terminal.openedBy.id === me.user.id)
      void end(told.terminal);
    const left = tabs.filter(({ key }) => key !== closed.key);
    setTabs(left);
    if (current === closed.key) setCurrent(left.at(-1)?.key ?? -1);
  };
  /** In the place of one that ended. */
  const anew = (ended: Tab) => {
    const told = states[ended.key]?.terminal;
    const key = next.current++;
    const wish: TerminalWish = { kind: 'open', root: told?.root ?? false, ...(told ? { shell: told.shell } : {}) };
    setTabs((was) => was.map((each) => (each.key === ended.key ? aTab(key, wish) : each)));
    setCurrent(key);
  };
  const labelOf = ({ key }: Tab) => {
    const told = states[key]?.terminal;
    return told ? `${told.shell}${told.root ? ' #' : ''}` : t('shell');
  };

  return (
    <section
      aria-label={t('title', { name: container.name })}
      className="flex h-[calc(100dvh-15rem)] min-h-96 flex-col overflow-hidden rounded-lg border border-line bg-surface-1 max-md:h-[calc(100dvh-17rem)]"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-2 py-1">
        <div className="flex min-w-0 items-center gap-1 overflow-x-auto">
          {tabs.map((each) => (
            <span key={each.key} className={cn('flex items-center rounded-md', each.key === current && 'bg-surface-3')}>
              <Button
                look="ghost"
                size="small"
                aria-pressed={each.key === current}
                onClick={() => {
                  setCurrent(each.key);
                  each.handle.current?.focus();
                }}
              >
                <SquareTerminal aria-hidden />
                {labelOf(each)}
              </Button>
              <IconButton
                label={t('close', { name: labelOf(each) })}
                onClick={() => close(each)}
                className="size-7 touch:size-11"
              >
                <X aria-hidden />
              </IconButton>
            </span>
          ))}
          <IconButton label={t('new')} onClick={() => add(PLAIN)}>
            <Plus aria-hidden />
          </IconButton>
        </div>
        <TerminalFacts state={state} />
        <div className="ms-auto flex items-center gap-1">
          <TerminalMenu
            others={others}
            mayRoot={mayRoot}
            onRoot={() => add({ kind: 'open', root: true })}
            onLook={(id) => add({ kind: 'attach', id })}
            onDownload={() => downloadText(`${container.name}.txt`, tab?.handle.current?.text() ?? '')}
            trigger={leaveTo}
          />
        </div>
      </div>
      {tab && <RecordedBanner state={state} />}
      {tab && (
        <TerminalBanner
          state={state}
          onRetry={() => tab.handle.current?.retryNow()}
          onAnew={() => anew(tab)}
          onControl={() => tab.handle.current?.takeControl()}
        />
      )}
      {tabs.map((each) => (
        <TerminalPane
          key={each.key}
          containerId={container.id}
          label={t('screen', { name: container.name })}
          wish={each.wish}
          shown={each.key === current}
          handle={each.handle}
          onState={(told) => note(each.key, told)}
          onPaste={setPasted}
          onLink={setAddress}
          onLeave={() => leaveTo.current?.focus()}
        />
      ))}
      {tabs.length === 0 && isUp && (
        <EmptyState
          icon={SquareTerminal}
          title={t('none')}
          actions={
            <Button look="primary" onClick={() => add(PLAIN)}>
              {t('new')}
            </Button>
          }
        />
      )}
      {tabs.length === 0 && !isUp && (
        <EmptyState icon={SquareTerminal} title={t('notRunning')}>
          <p>{t('notRunningText')}</p>
        </EmptyState>
      )}
      {tab && state.link.state === 'live' && <TouchKeys onPress={(keys) => tab.handle.current?.press(keys)} />}
      <p className="border-t border-line px-3 py-1 text-xs text-fg-3 max-md:hidden">{t('keys')}</p>
      <PasteDialog
        text={pasted}
        onClose={() => setPasted(null)}
        onClosed={() => tab?.handle.current?.focus()}
        onPaste={(text) => {
          setPasted(null);
          tab?.handle.current?.paste(text);
        }}
      />
      <LinkDialog address={address} onClose={() => setAddress(null)} />
    </section>
  );
}

interface TerminalMenuProps {
  others: readonly Terminal[];
  mayRoot: boolean;
  onRoot: () => void;
  onLook: (id: Terminal['id']) => void;
  onDownload: () => void;
  trigger: RefObject<HTMLButtonElement | null>;
}

function TerminalMenu({ others, mayRoot, onRoot, onLook, onDownload, trigger }: TerminalMenuProps) {
  const t = useTranslations('terminals');
  const [{ fontSize, screenReader }, change] = useTerminalPreferences();
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton ref={trigger} label={t('menu')}>
          <Settings2 aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent>
        {mayRoot && <MenuItem onSelect={onRoot}>{t('newRoot')}</MenuItem>}
        {others.map(({ id, openedBy, shell }) => (
          <MenuItem key={id} onSelect={() => onLook(id)}>
            {t('lookOn', { name: openedBy.name, shell })}
          </MenuItem>
        ))}
        <MenuItem onSelect={onDownload}>{t('download')}</MenuItem>
        <MenuItem disabled={fontSize >= LARGEST} onSelect={() => change({ fontSize: fontSize + 1 })}>
          {t('larger')}
        </MenuItem>
        <MenuItem disabled={fontSize <= SMALLEST} onSelect={() => change({ fontSize: fontSize - 1 })}>
          {t('smaller')}
        </MenuItem>
        <MenuItem onSelect={() => change({ screenReader: !screenReader })}>
          {screenReader ? t('screenReaderOff') : t('screenReaderOn')}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
