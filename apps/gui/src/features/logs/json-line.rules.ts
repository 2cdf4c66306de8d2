export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Fields = Readonly<Record<string, Json>>;

/** A line of JSON as it is read: what it says first, then what belongs to it. */
export interface CompactLine {
  text: string;
  /** Where the message ends and the rest begins. */
  messageEnd: number;
  /** What stands in each of the chosen columns; empty where the line has no such field. */
  cells: readonly string[];
}

const LONGEST = 64 * 1024;
const LONGEST_COMPACT = 2_000;
const MESSAGES = ['msg', 'message', '@m', '@mt', 'event', 'log'];
/** These have columns of their own. */
const TOLD = new Set([
  'level',
  'severity',
  'lvl',
  'loglevel',
  'levelname',
  '@l',
  'log.level',
  'time',
  'timestamp',
  'ts',
  '@timestamp',
  '@t',
]);

/** The fields of a line that is a JSON object; null for any other. */
export function fieldsOf(words: string): Fields | null {
  const text = words.trim();
  if (text.length > LONGEST || !text.startsWith('{') || !text.endsWith('}')) return null;
  try {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse gives JSON, and braces an object
    const fields: Fields = JSON.parse(text);
    return fields;
  } catch {
    // It only looks like JSON.
    return null;
  }
}

/** Fields that stand in columns are not told again after the message. */
export function toCompact(words: string, columns: readonly string[] = []): CompactLine | null {
  const fields = fieldsOf(words);
  if (!fields) return null;
  const said = MESSAGES.find((name) => typeof fields[name] === 'string');
  const saying = said === undefined || columns.includes(said) ? undefined : fields[said];
  const message = typeof saying === 'string' ? oneLine(saying).slice(0, LONGEST_COMPACT) : '';
  const rest = Object.entries(fields)
    .filter(([name]) => name !== said && !TOLD.has(name) && !columns.includes(name))
    .map(([name, value]) => `${name}=${shortly(value)}`);
  const text = [message, ...rest].filter(Boolean).join(' ').slice(0, LONGEST_COMPACT);
  const cells = columns.map((column) => toCell(valueAt(fields, column)));
  return text === '' && !cells.some(Boolean) ? null : { text, messageEnd: message.length, cells };
}

/** The value of a field, or of one within it: `customer.name`; a name may hold points itself. */
export function valueAt(value: Json, path: string): Json | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const fields = value as Fields;
  if (Object.hasOwn(fields, path)) return fields[path];
  for (let point = path.indexOf('.'); point > 0; point = path.indexOf('.', point + 1)) {
    const name = path.slice(0, point);
    const within = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const found = within === undefined ? undefined : valueAt(within, path.slice(point + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function toCell(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? oneLine(value).slice(0, LONGEST_COMPACT) : shortly(value);
}

/** What stands in the line for one of its fields, to be searched for in others of the same program. */
export function snippetOf(words: string, name: string, value: Json): string {
  const [key, content] = [JSON.stringify(name), JSON.stringify(value)];
  return [`${key}:${content}`, `${key}: ${content}`].find((snippet) => words.includes(snippet)) ?? content;
}

const oneLine = (text: string): string => text.replaceAll(/[\r\n\t]+/g, ' ');

function shortly(value: Json): string {
  if (typeof value === 'string') return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? `[${value.length}]` : '{…}';
}
