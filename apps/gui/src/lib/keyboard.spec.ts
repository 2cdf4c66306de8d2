import { describe, expect, it, jest } from '@jest/globals';
import { findConflicts, Keyboard } from './keyboard.ts';

const key = (name: string, modifiers: Partial<KeyboardEvent> = {}) =>
  ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers }) as KeyboardEvent;
const aShortcut = (keys: string, run = jest.fn()) => ({ keys, label: keys, group: 'global' as const, run });

function aKeyboard(...keys: string[]) {
  let now = 0;
  const keyboard = new Keyboard(() => now);
  const shortcuts = keys.map((each) => aShortcut(each));
  const unregister = keyboard.register(shortcuts);
  return { keyboard, shortcuts, unregister, wait: (ms: number) => (now += ms) };
}

describe('the keyboard', () => {
  it('runs the shortcut of a key', () => {
    const { keyboard, shortcuts } = aKeyboard('j');
    expect(keyboard.press(key('j'), false)).toBe(true);
    expect(shortcuts[0]?.run).toHaveBeenCalledTimes(1);
  });

  it('runs a sequence of two keys', () => {
    const { keyboard, shortcuts } = aKeyboard('g c', 'g y');
    keyboard.press(key('g'), false);
    keyboard.press(key('y'), false);
    expect(shortcuts[0]?.run).not.toHaveBeenCalled();
    expect(shortcuts[1]?.run).toHaveBeenCalledTimes(1);
  });

  it('forgets the first key of a sequence after a while', () => {
    const { keyboard, shortcuts, wait } = aKeyboard('g c');
    keyboard.press(key('g'), false);
    wait(2000);
    expect(keyboard.press(key('c'), false)).toBe(false);
    expect(shortcuts[0]?.run).not.toHaveBeenCalled();
  });

  it('leaves single keys to whoever types, and takes combinations', () => {
    const { keyboard, shortcuts } = aKeyboard('j', 'Ctrl k');
    expect(keyboard.press(key('j'), true)).toBe(false);
    expect(keyboard.press(key('k', { ctrlKey: true }), true)).toBe(true);
    expect(shortcuts[0]?.run).not.toHaveBeenCalled();
  });

  it('tells Shift s from s, and knows ? without it', () => {
    const { keyboard, shortcuts } = aKeyboard('s', 'Shift s', '?');
    keyboard.press(key('S', { shiftKey: true }), false);
    keyboard.press(key('?', { shiftKey: true }), false);
    expect(shortcuts.map(({ run }) => run.mock.calls.length)).toEqual([0, 1, 1]);
  });

  it('takes Cmd for Ctrl', () => {
    const { keyboard, shortcuts } = aKeyboard('Ctrl Shift l');
    keyboard.press(key('L', { metaKey: true, shiftKey: true }), false);
    expect(shortcuts[0]?.run).toHaveBeenCalledTimes(1);
  });

  it('lets what was opened last win, and gives the key back when it closes', () => {
    const { keyboard, shortcuts } = aKeyboard('Escape');
    const inner = aShortcut('Escape');
    const close = keyboard.register([inner]);
    keyboard.press(key('Escape'), false);
    close();
    keyboard.press(key('Escape'), false);
    expect(inner.run).toHaveBeenCalledTimes(1);
    expect(shortcuts[0]?.run).toHaveBeenCalledTimes(1);
  });

  it('names two shortcuts on one key', () => {
    expect(findConflicts([{ keys: 'j' }, { keys: 'k' }, { keys: 'j' }])).toEqual(['j']);
  });
});
