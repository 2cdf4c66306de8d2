'use client';

import { useEffect, useRef } from 'react';
import { isPressing, isTyping, Keyboard, type Shortcut } from './keyboard.ts';

export const keyboard = new Keyboard();

/** Makes shortcuts work and listed under `?` while the component is shown. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const signature = shortcuts.map(({ keys, label }) => `${keys}\n${label}`).join('\n\n');
  useEffect(() => {
    const stable = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }));
    return keyboard.register(stable);
  }, [signature]);
}

/** Mounted once by the shell. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isPressing(event)) return;
      if (keyboard.press(event, isTyping(event.target))) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
