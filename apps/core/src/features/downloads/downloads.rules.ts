import { AppError } from '../../kernel/errors.js';

/** How a browser is told what to call it: a plain name for the old ones, the real one for the others (RFC 6266). */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const real = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`); // prettier-ignore
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`;
}

export interface Part {
  readonly from: number;
  readonly length: number;
}

/** The one part that is asked for; undefined for the whole, also where something is asked that we do not do. */
export function partOf(range: string | undefined, sizeBytes: number): Part | undefined {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined;
  const [first = '', last = ''] = asked.slice(1);
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (from >= sizeBytes || to < from) throw notSatisfiable(sizeBytes);
  return { from, length: to - from + 1 };
}

const notSatisfiable = (sizeBytes: number): AppError =>
  new AppError('invalid_request', 416, `It has ${sizeBytes} bytes, and none of those.`, { params: { sizeBytes } });
