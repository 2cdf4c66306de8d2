import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../config.js';
import { newId } from '../../kernel/ids.js';
import { HistoryFolder } from './history-folder.driver.js';
import { toRemove } from './history-keeping.rules.js';
import { type Slot, TIERS } from './tiers.rules.js';

const MEASURES = 8;
const slot = (step: number, value: number | null = step): Slot => {
  const values = Array.from({ length: MEASURES }, () => value);
  return { step, min: values, avg: values, max: values };
};

let storageDir: string;
let folder: HistoryFolder;
beforeEach(() => {
  storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-metrics-'));
  folder = new HistoryFolder({ storageDir } as Config);
});
afterEach(() => rmSync(storageDir, { recursive: true, force: true }));

const id = newId('ct');
const file = () => path.join(storageDir, 'metrics', `${id}.metrics`);
const steps = (first: number, last: number, tier = 1) =>
  folder
    .read(id, tier, MEASURES, { first, last })
    .map(({ step }) => step)
    .sort((one, other) => one - other);

describe('the history of one thing', () => {
  it('gives back what was written, and null where nothing was measured', () => {
    folder.write(id, 1, [slot(1000, 1.5), slot(1001, null)], MEASURES);
    const [first, second] = folder.read(id, 1, MEASURES, { first: 1000, last: 1001 });
    expect(first).toEqual(slot(1000, 1.5));
    expect(second).toEqual(slot(1001, null));
  });

  it('never grows beyond its tiers: a month takes less than 2 MB', () => {
    TIERS.forEach(({ slots }, tier) => {
      const all = Array.from({ length: slots * 2 }, (_, n) => slot(50_000 + n));
      folder.write(id, tier, all, MEASURES);
      const last = 50_000 + slots * 2 - 1;
      expect(steps(0, 1_000_000, tier)).toEqual(all.slice(slots).map(({ step }) => step));
      expect(steps(last, last, tier)).toEqual([last]);
    });
    expect(statSync(file()).size).toBeLessThan(2_000_000);
  });

  it('leaves out a step that was torn while it was written', () => {
    folder.write(id, 0, [slot(10), slot(11), slot(12)], MEASURES);
    const bytes = readFileSync(file());
    bytes.fill(0, bytes.length - 40);
    writeFileSync(file(), bytes);
    expect(steps(0, 100, 0)).toEqual([10, 11]);
  });

  it('is begun anew where an older release counted other things, and is none in a foreign file', () => {
    folder.write(id, 1, [slot(5)], MEASURES);
    expect(folder.read(id, 1, MEASURES + 1, { first: 0, last: 10 })).toEqual([]);
    writeFileSync(file(), 'not ours');
    appendFileSync(file(), Buffer.alloc(5000, 1));
    expect(steps(0, 2 ** 32)).toEqual([]);
    folder.write(id, 1, [slot(6)], MEASURES);
    expect(steps(0, 10)).toEqual([6]);
  });
});

describe('what is kept', () => {
  const DAY = 86_400_000;
  const nowMs = 100 * DAY;
  const aFile = (name: string, daysAgo: number, bytes = 100) => ({
    id: name,
    writtenAtMs: nowMs - daysAgo * DAY,
    bytes,
  });
  const removed = (files: Array<ReturnType<typeof aFile>>, there: string[], mostBytes = 1e9) =>
    toRemove(files, (name) => there.includes(name), { nowMs, mostBytes }).map((each) => each.id);

  it('goes a month after its last word, and eight days after what it was of is gone', () => {
    const files = [aFile('stopped', 29), aFile('silent', 31), aFile('binned', 7), aFile('gone', 9)];
    expect(removed(files, ['stopped', 'silent'])).toEqual(['silent', 'gone']);
  });

  it('is at most what all may take: what is gone goes first, then the oldest', () => {
    const files = [aFile('here-old', 20), aFile('here-new', 0), aFile('gone-old', 5), aFile('gone-new', 1)];
    expect(removed(files, ['here-old', 'here-new'], 250)).toEqual(['gone-old', 'gone-new']);
    expect(removed(files, ['here-old', 'here-new'], 150)).toEqual(['gone-old', 'gone-new', 'here-old']);
  });
});
