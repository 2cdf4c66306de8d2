export type AnsiColour =
  | 'black'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white'
  | 'bright-black'
  | 'bright-red'
  | 'bright-green'
  | 'bright-yellow'
  | 'bright-blue'
  | 'bright-magenta'
  | 'bright-cyan'
  | 'bright-white';

export interface AnsiStyle {
  colour: AnsiColour | null;
  background: AnsiColour | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

export interface AnsiSpan {
  text: string;
  style: AnsiStyle;
  /** An http(s) address the program linked this text to. */
  link: string | null;
}

const PLAIN: AnsiStyle = {
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};
const NAMES: readonly AnsiColour[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const BRIGHT: readonly AnsiColour[] = [
  'bright-black',
  'bright-red',
  'bright-green',
  'bright-yellow',
  'bright-blue',
  'bright-magenta',
  'bright-cyan',
  'bright-white',
];

/**
 * Everything a program may put between its words: CSI (its final byte tells which), OSC up to BEL or ST, other string
 * sequences, two-byte escapes, and single controls. Only SGR and http links mean something here; the rest is dropped.
 */
const SEQUENCE =
  // eslint-disable-next-line no-control-regex
  /\u001b\[([0-?]*)[ -/]*([@-~])|\u001b\]([^\u0007\u001b]*)(?:\u0007|\u001b\\)|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|\u001b[ -/]*[0-~]?|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;
const FIRST_SYMBOL = 0x2400;
const DELETE_SYMBOL = '\u2421';

/** A line as spans of text with a style. What is shown is always text; nothing of it is ever markup. */
export function toSpans(line: string): AnsiSpan[] {
  const text = lastState(line);
  if (!hasControls(text)) return text === '' ? [] : [{ text, style: PLAIN, link: null }];
  const spans: AnsiSpan[] = [];
  let style = PLAIN;
  let link: string | null = null;
  let from = 0;
  const add = (part: string) => {
    if (part === '') return;
    const last = spans.at(-1);
    if (last && last.style === style && last.link === link) last.text += part;
    else spans.push({ text: part, style, link });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    add(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [whole, codes, final, osc] = match;
    if (final === 'm') style = applySgr(style, codes ?? '');
    else if (osc !== undefined) link = linkOf(osc, link);
    else if (whole.length === 1 && whole !== '\u001b') add(symbolOf(whole));
  }
  add(text.slice(from));
  return spans;
}

/** The words of a line without anything between them: what is searched and copied. */
export function toPlainText(line: string): string {
  if (!hasControls(line) && !line.includes('\r')) return line;
  return toSpans(line)
    .map(({ text }) => text)
    .join('');
}

/** A progress bar writes over its own line; what stands at the end is what was meant. */
function lastState(line: string): string {
  const end = line.endsWith('\r') ? line.slice(0, -1) : line;
  return end.slice(end.lastIndexOf('\r') + 1);
}

// eslint-disable-next-line no-control-regex
const hasControls = (text: string): boolean => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text);

function symbolOf(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(FIRST_SYMBOL + code);
  return code === 0x7f ? DELETE_SYMBOL : '';
}

function linkOf(osc: string, current: string | null): string | null {
  if (!osc.startsWith('8;')) return current;
  const address = osc.slice(osc.indexOf(';', 2) + 1);
  return /^https?:\/\/[^\s"'<>]+$/i.test(address) ? address : null;
}

function applySgr(before: AnsiStyle, text: string): AnsiStyle {
  const codes = text.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  let style = { ...before };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(codes, index + 1);
      index += used;
      if (code === 38) style.colour = colour;
      else style.background = colour;
    } else style = applyCode(style, code);
  }
  return style;
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, colour: NAMES[code - 30] ?? null };
  if (code >= 40 && code <= 47) return { ...style, background: NAMES[code - 40] ?? null };
  if (code >= 90 && code <= 97) return { ...style, colour: BRIGHT[code - 90] ?? null };
  if (code >= 100 && code <= 107) return { ...style, background: BRIGHT[code - 100] ?? null };
  return { ...style, ...SWITCHES[code] };
}

const SWITCHES: Partial<Record<number, Partial<AnsiStyle>>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { colour: null },
  49: { background: null },
};

function extendedColour(codes: readonly number[], at: number): { colour: AnsiColour | null; used: number } {
  if (codes[at] === 5) return { colour: from256(codes[at + 1] ?? 0), used: 2 };
  if (codes[at] === 2) return { colour: nearest(codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0), used: 4 };
  return { colour: null, used: 1 };
}

const CUBE = [0, 95, 135, 175, 215, 255];

function from256(code: number): AnsiColour | null {
  if (code < 8) return NAMES[code] ?? null;
  if (code < 16) return BRIGHT[code - 8] ?? null;
  if (code > 255) return null;
  if (code >= 232) return nearest(...grey(8 + (code - 232) * 10));
  const cube = code - 16;
  return nearest(CUBE[Math.floor(cube / 36)] ?? 0, CUBE[Math.floor(cube / 6) % 6] ?? 0, CUBE[cube % 6] ?? 0);
}

const grey = (level: number): [number, number, number] => [level, level, level];

/** Any colour becomes the token of its hue, which is readable in every theme; the exact shade is not kept. */
function nearest(red: number, green: number, blue: number): AnsiColour {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 40) return most < 96 ? 'bright-black' : most < 200 ? 'white' : 'bright-white';
  const sixth =
    most === red
      ? ((green - blue) / spread + 6) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  const hues = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;
  const hue = hues[Math.round(sixth) % 6] ?? 'red';
  return most > 200 ? `bright-${hue}` : hue;
}
