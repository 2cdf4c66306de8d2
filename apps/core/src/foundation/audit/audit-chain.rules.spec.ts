import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../kernel/ids.js';
import {
  BEFORE_FIRST,
  canonicalJson,
  chain,
  CHAIN_START,
  type ChainFault,
  faultsOf,
  positionOf,
} from './audit-chain.rules.js';
import type { AuditEventRow } from './audit-event.entity.js';

const anEvent = (seq: number, previousHash: string): AuditEventRow =>
  chain(
    {
      id: newId('aud'),
      seq,
      at: 1_767_225_600_000 + seq,
      tenantId: null,
      actorKind: 'system',
      actorId: null,
      actorName: 'core',
      via: 'system',
      address: null,
      action: 'containers.start',
      targetKind: 'container',
      targetId: newId('ct'),
      targetLabel: `web ${seq}`,
      outcome: 'done',
      operationId: null,
      requestId: null,
      details: canonicalJson({ seq }),
    },
    previousHash,
  );

function aTrail(length: number): AuditEventRow[] {
  const rows: AuditEventRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) rows.push(anEvent(seq, rows.at(-1)?.hash ?? CHAIN_START));
  return rows;
}

function walk(rows: readonly AuditEventRow[]): ChainFault[] {
  let at = BEFORE_FIRST;
  return rows.flatMap((row) => {
    const faults = faultsOf(row, at);
    at = positionOf(row);
    return faults;
  });
}

const FIELDS = Object.keys(anEvent(1, CHAIN_START)).filter((name): name is keyof AuditEventRow => name !== 'seq');

describe('the chain', () => {
  it('is whole as it was written', () => {
    expect(walk(aTrail(50))).toEqual([]);
  });

  it('names the row, whichever field of whichever row is changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 19 }), fc.constantFrom(...FIELDS), fc.string(), (index, field, text) => {
        const rows = aTrail(20);
        const before = rows[index];
        if (!before) throw new Error('No such row.');
        const changed = { ...before, [field]: `${String(before[field])}${text}!` };
        const faults = walk(rows.map((row) => (row === before ? changed : row)));
        expect(faults[0]).toEqual({ seq: before.seq, id: changed.id, kind: 'changed' });
      }),
    );
  });

  it('names every row that is missing before the last', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 29 }), { minLength: 1, maxLength: 10 }), (taken) => {
        const faults = walk(aTrail(30).filter(({ seq }) => !taken.includes(seq)));
        expect(faults).toEqual(
          taken.sort((one, other) => one - other).map((seq) => ({ seq, id: null, kind: 'missing' })),
        );
      }),
    );
  });

  it('sees a row that was rewritten with a hash of its own', () => {
    const rows = aTrail(5).map((row) => {
      if (row.seq !== 3) return row;
      const { hash: _, previousHash, ...content } = { ...row, actorName: 'nobody' };
      return chain(content, previousHash);
    });
    expect(walk(rows)).toEqual([{ seq: 4, id: rows[3]?.id, kind: 'unchained' }]);
  });

  it('sees two rows that changed places', () => {
    const [first, second, third] = aTrail(3);
    if (!first || !second || !third) throw new Error('Too short.');
    expect(walk([first, { ...third, seq: 2 }, { ...second, seq: 3 }])).toEqual([
      { seq: 2, id: third.id, kind: 'changed' },
      { seq: 3, id: second.id, kind: 'changed' },
    ]);
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order keys were written in, and reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const turned = Object.entries(value).reverse();
  return Object.fromEntries(turned.map(([name, field]) => [name, reversed(field)]));
}
