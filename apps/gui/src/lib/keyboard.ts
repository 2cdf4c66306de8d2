export interface Shortcut {
  /** `k`, `Shift s`, `Ctrl k`, `g c`: modifiers first; two keys in a row are pressed one after the other. */
  keys: string;
  label: string;
  group: 'global' | 'list' | 'detail' | 'logs';
  run: (event: KeyboardEvent) => void;
}

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const SEQUENCE_MS = 1200;
const STORED = 'bw_single_keys';
const switchListeners = new Set<() => void>();

/** The shortcuts of what is on the page now; what was registered last wins. */
export class Keyboard {
  private readonly layers: Shortcut[][] = [];
  private pending: { key: string; until: number } | null = null;

  constructor(private readonly now: () => number = Date.now) {}

  register(shortcuts: Shortcut[]): () => void {
    this.layers.push(shortcuts);
    return () => {
      const index = this.layers.indexOf(shortcuts);
      if (index >= 0) this.layers.splice(index, 1);
    };
  }

  list(): Shortcut[] {
    return this.layers.flat();
  }

  /** True when a shortcut ran or began. Single characters are left alone while somebody types. */
  press(event: KeyPress & KeyboardEvent, typing: boolean): boolean {
    const combination = toCombination(event);
    const plain = isPlain(combination);
    if (plain && (typing || !singleKeysOn())) return false;
    const first = this.pending && this.pending.until > this.now() ? this.pending.key : null;
    this.pending = null;
    const shortcuts = this.list().reverse();
    const match =
      shortcuts.find(({ keys }) => first !== null && keys === `${first} ${combination}`) ??
      shortcuts.find(({ keys }) => keys === combination);
    if (match) {
      match.run(event);
      return true;
    }
    if (plain && shortcuts.some(({ keys }) => keys.startsWith(`${combination} `))) {
      this.pending = { key: combination, until: this.now() + SEQUENCE_MS };
      return true;
    }
    return false;
  }
}

/** Two registered shortcuts on the same keys; there must be none on one page. */
export function findConflicts(shortcuts: readonly Pick<Shortcut, 'keys'>[]): string[] {
  const seen = new Set<string>();
  return shortcuts.map(({ keys }) => keys).filter((keys) => seen.has(keys) || !seen.add(keys));
}

/** Single keys can be switched off by whoever speaks to the computer or trips over them. */
export function singleKeysOn(): boolean {
  return typeof localStorage === 'undefined' || localStorage.getItem(STORED) !== 'off';
}

export function switchSingleKeys(on: boolean): void {
  localStorage.setItem(STORED, on ? 'on' : 'off');
  for (const listener of [...switchListeners]) listener();
}

export function subscribeSingleKeys(listener: () => void): () => void {
  switchListeners.add(listener);
  return () => switchListeners.delete(listener);
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, canvas'))
  );
}

/** Space and Enter on a button or link press that button or follow that link. */
export function isPressing({ key, target }: KeyboardEvent): boolean {
  return (
    (key === ' ' || key === 'Enter') &&
    target instanceof Element &&
    target.closest('button, a[href], summary, input, [role^=menuitem], [role=option], [role=tab]') !== null
  );
}

function toCombination({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const modifiers = [ctrlKey || metaKey ? 'Ctrl ' : '', altKey ? 'Alt ' : ''].join('');
  const letter = /^[a-zA-Z]$/.test(key);
  const named = key.length > 1;
  // Shift already shows in `?` and `@`; it is named only where it does not change the character.
  return `${modifiers}${shiftKey && (letter || named) ? 'Shift ' : ''}${letter ? key.toLowerCase() : key === ' ' ? 'Space' : key}`;
}

const isPlain = (combination: string): boolean => !/^(Ctrl|Alt) /.test(combination) && combination !== 'Escape';
