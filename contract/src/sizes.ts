import * as z from 'zod';

const SIZE = /^(\d{1,15}(?:\.\d{1,6})?) ?(b|[kmgt](?:i?b)?)?$/i;
const POWERS = ['b', 'k', 'm', 'g', 't'];

/** `4g`, `4GB` and `4GiB` are the same: engines count in steps of 1024. A number alone is bytes; undefined for what is no size. */
export function findSizeBytes(text: string): number | undefined {
  const [, number, unit = 'b'] = SIZE.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const bytes = Math.round(Number(number) * 1024 ** POWERS.indexOf(unit.charAt(0).toLowerCase()));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** How much memory or disk, as people write it to an engine. */
export const Size = z
  .string()
  .max(24)
  .refine((text) => findSizeBytes(text) !== undefined, 'Use a number and a unit, for example 512m or 4g.');
