import type { ITheme } from '@xterm/xterm';

const COLOURS = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The panel's own colours, as they stand on this page right now. */
export function terminalTheme(element: Element): ITheme {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const theme: ITheme = {
    background: colour('inset'),
    foreground: colour('fg'),
    cursor: colour('accent'),
    cursorAccent: colour('inset'),
    selectionBackground: colour('accent-subtle'),
    selectionForeground: colour('fg'),
    black: colour('fg-3'),
    brightBlack: colour('ansi-bright-black'),
    brightWhite: colour('fg'),
  };
  for (const name of COLOURS) {
    theme[name] = colour(`ansi-${name}`);
    const bright = colour(`ansi-bright-${name}`);
    if (name !== 'white' && bright !== '')
      theme[`bright${name[0]?.toUpperCase() ?? ''}${name.slice(1)}` as 'brightRed'] = bright;
  }
  return theme;
}
