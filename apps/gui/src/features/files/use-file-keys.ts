'use client';

import { type KeyboardEvent, type RefObject, useRef } from 'react';
import type { FileEntry } from '@bailiwick/contract';
import { findTyped } from './file-order.rules.ts';

const A_PAGE = 10;
/** Letters typed within this time are one name. */
const TYPING_MS = 800;
/** A row that was far away is drawn some frames later. */
const MOST_FRAMES = 10;
const TYPED = /^[\p{L}\p{N}._-]$/u;

interface Props {
  rows: readonly FileEntry[];
  box: RefObject<HTMLElement | null>;
  scroller: RefObject<((index: number) => void) | null>;
  onUp: () => void;
  onChoose: (name: string, range: boolean) => void;
  onChooseAll: () => void;
  onAct: (act: 'rename' | 'delete', entry: FileEntry) => void;
  onTake: (act: 'copy' | 'move', entry: FileEntry) => void;
  onPaste: () => void;
}

export interface FileKeys {
  onKeyDown: (event: KeyboardEvent) => void;
  focus: (index: number) => void;
}

/** The list under the keyboard: the name with the focus is the one that keys act on. */
export function useFileKeys({
  rows,
  box,
  scroller,
  onUp,
  onChoose,
  onChooseAll,
  onAct,
  onTake,
  onPaste,
}: Props): FileKeys {
  const typing = useRef({ text: '', at: 0 });
  const focus = (index: number) => {
    const name = rows[index]?.name;
    if (name === undefined) return;
    scroller.current?.(index);
    focusRow(box.current, name, MOST_FRAMES);
  };
  const type = (letter: string, from: number, now: number) => {
    const going = now - typing.current.at < TYPING_MS;
    const text = going ? typing.current.text + letter : letter;
    typing.current = { text, at: now };
    // A name that goes on being typed may still be the one it is on.
    const found = findTyped(rows, text, going ? from - 1 : from);
    if (found >= 0) focus(found);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ name }) => name === nameAt(event.target));
    const entry = rows[at];
    if (entry === undefined || event.altKey) return;
    const last = rows.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: Math.min(at + 1, last),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: last,
      PageDown: Math.min(at + A_PAGE, last),
      PageUp: Math.max(at - A_PAGE, 0),
    };
    const acts: Record<string, () => void> = {
      Backspace: onUp,
      ' ': () => onChoose(entry.name, event.shiftKey),
      F2: () => onAct('rename', entry),
      Delete: () => onAct('delete', entry),
    };
    const to = moves[event.key];
    const holds: Record<string, () => void> = {
      a: onChooseAll,
      c: () => onTake('copy', entry),
      x: () => onTake('move', entry),
      v: onPaste,
    };
    if (event.ctrlKey || event.metaKey) {
      const hold = holds[event.key];
      const marked = (event.key === 'c' || event.key === 'x') && isTextSelected();
      if (hold === undefined || event.shiftKey || marked) return;
      hold();
    } else if (to !== undefined) {
      if (event.shiftKey) onChoose(rows[to]?.name ?? entry.name, true);
      focus(to);
    } else if (acts[event.key]) acts[event.key]?.();
    else if (TYPED.test(event.key)) type(event.key, at, event.timeStamp);
    else return;
    event.preventDefault();
  };
  return { onKeyDown, focus };
}

/** What somebody marked is what they mean to copy. */
const isTextSelected = (): boolean => window.getSelection()?.isCollapsed === false;

const nameAt = (target: EventTarget): string | undefined =>
  target instanceof HTMLElement && target.matches('[data-row-link]')
    ? target.closest<HTMLElement>('tr[data-name]')?.dataset['name']
    : undefined;

function focusRow(box: HTMLElement | null, name: string, frames: number): void {
  const link = box?.querySelector<HTMLElement>(`tr[data-name="${CSS.escape(name)}"] [data-row-link]`);
  if (link) {
    link.focus();
    link.scrollIntoView({ block: 'nearest' });
  } else if (frames > 0) requestAnimationFrame(() => focusRow(box, name, frames - 1));
}
