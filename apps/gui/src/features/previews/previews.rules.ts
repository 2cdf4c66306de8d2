/** From here on it is asked whether all of a file is to be fetched to show it. */
export const ASK_FROM_BYTES = 5 * 1024 * 1024;
/** Above it a browser has trouble with what it shows. */
export const MOST_PICTURE_BYTES = 32 * 1024 * 1024;

const PICTURE = /\.(?:png|jpe?g|gif|webp|avif)$/i;
const TABLE = /\.[ct]sv$/i;

export const isPictureName = (name: string): boolean => PICTURE.test(name);
export const isTableName = (name: string): boolean => TABLE.test(name);

type Bytes = Uint8Array<ArrayBuffer>;
const textAt = (bytes: Bytes, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** What kind of picture it really is, whatever it is called; null for everything a browser could run or that is none. */
export function pictureType(bytes: Bytes): string | null {
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (textAt(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (/^GIF8[79]a/.test(textAt(bytes, 0, 6))) return 'image/gif';
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 12) === 'WEBP') return 'image/webp';
  if (/^ftypavi[fs]$/.test(textAt(bytes, 4, 12))) return 'image/avif';
  return null;
}

export const PAGE_BYTES = 4096;

export interface HexLine {
  offset: string;
  hex: string;
  text: string;
}

/** Bytes as people look at them: where they are, what they are, and what they say. */
export function hexLines(bytes: Bytes, from: number, perLine: number): HexLine[] {
  return Array.from({ length: Math.ceil(bytes.length / perLine) }, (_, line) => {
    const part = [...bytes.subarray(line * perLine, (line + 1) * perLine)];
    const hex = part.map((byte, at) => `${at > 0 && at % 8 === 0 ? ' ' : ''}${byte.toString(16).padStart(2, '0')}`);
    return {
      offset: (from + line * perLine).toString(16).padStart(8, '0'),
      hex: hex.join(' ').padEnd(perLine * 3 - 1 + Math.floor((perLine - 1) / 8)),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    };
  });
}

/** The beginning of the page something typed is on: `4096`, `0x1000`; null for what is no place in the file. */
export function readOffset(typed: string, sizeBytes: number): number | null {
  const text = typed.trim();
  if (!/^(?:\d{1,15}|0x[0-9a-f]{1,12})$/i.test(text)) return null;
  const offset = Number(text);
  return offset < sizeBytes ? offset - (offset % PAGE_BYTES) : null;
}

export const MOST_ROWS = 1000;
const MOST_COLUMNS = 100;

export interface TextTable {
  head: readonly string[];
  rows: ReadonlyArray<readonly string[]>;
  /** There is more in it than is shown. */
  more: boolean;
}

/** Values parted by the sign there is most of in the first line: comma, semicolon or tab (RFC 4180, forgivingly). */
export function readTable(text: string): TextTable {
  const sign = parter(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const endValue = () => {
    row.push(value);
    value = '';
  };
  const endRow = () => {
    endValue();
    rows.push(row.slice(0, MOST_COLUMNS));
    row = [];
  };
  for (; at < text.length && rows.length <= MOST_ROWS; at += 1) {
    const letter = text[at] ?? '';
    if (quoted && letter === '"' && text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else if (letter === '"' && (quoted || value === '')) quoted = !quoted;
    else if (quoted) value += letter;
    else if (letter === sign) endValue();
    else if (letter === '\n') endRow();
    else if (letter !== '\r') value += letter;
  }
  if (value !== '' || row.length > 0) endRow();
  const [head = [], ...rest] = rows;
  return { head, rows: rest.slice(0, MOST_ROWS), more: at < text.length || rest.length > MOST_ROWS };
}

function parter(text: string): string {
  const first = text.slice(0, 10_000).split('\n')[0] ?? '';
  const count = (sign: string) => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
