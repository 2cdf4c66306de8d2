import { createHash } from 'node:crypto';
import type { AuditEventRow } from './audit-event.entity.js';

/** What the first row is chained to. */
export const CHAIN_START = '0'.repeat(64);

export type Unchained = Omit<AuditEventRow, 'previousHash' | 'hash'>;

/** The same value gives the same text, whatever order its keys were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (value instanceof Date) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

const hashOf = (row: Unchained, previousHash: string): string =>
  createHash('sha256')
    .update(`${previousHash}\n${canonicalJson(row)}`)
    .digest('hex');

export const chain = (row: Unchained, previousHash: string): AuditEventRow => ({
  ...row,
  previousHash,
  hash: hashOf(row, previousHash),
});

/** Where a walk along the chain stands. */
export interface ChainPosition {
  readonly seq: number;
  readonly hash: string;
}
export const BEFORE_FIRST: ChainPosition = { seq: 0, hash: CHAIN_START };

/** One broken place, by the number and the id of the row where it shows. */
export interface ChainFault {
  readonly seq: number;
  readonly id: string | null;
  readonly kind: 'changed' | 'missing' | 'unchained' | 'forged';
}

/** What is wrong with this row as the one that follows `before`. */
export function faultsOf(row: AuditEventRow, before: ChainPosition): ChainFault[] {
  const missing = missingBetween(before.seq, row.seq);
  const { previousHash, hash, ...content } = row;
  if (hashOf(content, previousHash) !== hash) return [...missing, { seq: row.seq, id: row.id, kind: 'changed' }];
  if (missing.length === 0 && previousHash !== before.hash) return [{ seq: row.seq, id: row.id, kind: 'unchained' }];
  return missing;
}

/** What was there when the anchor was written and is gone from the end. */
export const anchorFaults = (anchor: ChainPosition | undefined, end: ChainPosition): ChainFault[] =>
  anchor ? missingBetween(end.seq, anchor.seq + 1) : [];

function missingBetween(before: number, after: number): ChainFault[] {
  const missing: ChainFault[] = [];
  for (let seq = before + 1; seq < after && missing.length < 100; seq += 1)
    missing.push({ seq, id: null, kind: 'missing' });
  return missing;
}

export const positionOf = ({ seq, hash }: AuditEventRow): ChainPosition => ({ seq, hash });
