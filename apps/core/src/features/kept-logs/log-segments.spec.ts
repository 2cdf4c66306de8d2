import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPosition } from '../logs/logs.rules.js';
import { KeptLog } from './kept-log.driver.js';
import { type Limits, LogSegments, NoRoom } from './log-segments.js';

const MIB = 1024 * 1024;
const START_MS = Date.parse('2026-01-01T00:00:00Z');
let folder: string;
let nowMs = START_MS;
const failures: unknown[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-kept-'));
  nowMs = START_MS;
  failures.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (more: Partial<Limits> = {}) =>
  LogSegments.open(folder, {
    mostBytes: 8 * MIB,
    nowMs: () => nowMs,
    onPackFailed: (error) => failures.push(error),
    ...more,
  });
const cursor = (at: number) => `engine.${(BigInt(START_MS) + BigInt(at)) * 1_000_000n}.0.a`;
const row = (at: number, text = '') =>
  JSON.stringify({ type: 'line', cursor: cursor(at), at: new Date(START_MS + at).toISOString(), stream: 'stdout', text: `line ${at}${text}` }); // prettier-ignore
const random = (length: number) => ` ${randomBytes((length / 4) * 3).toString('base64')}`;
const diskBytes = () => readdirSync(folder).reduce((all, name) => all + statSync(path.join(folder, name)).size, 0);
const everything = { before: undefined, stream: undefined, sinceNs: null, untilNs: null };
async function numbers(asked: object = {}): Promise<number[]> {
  const all: number[] = [];
  for await (const rows of new KeptLog(folder).backwards({ ...everything, ...asked }))
    all.unshift(...rows.flatMap((each) => (each.type === 'line' ? Number(each.text.split(' ')[1]) : [])));
  return all;
}
const upTo = (last: number, first = 0) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe('a log on the disk', () => {
  it('is packed piece by piece, and read in order from its end, before any line and between moments', async () => {
    const segments = await open();
    const padding = 'words and more words '.repeat(10);
    for (let at = 0; at < 20_000; at += 1) segments.append([row(at, ` ${padding}`)]);
    await segments.end();
    expect(readdirSync(folder).every((name) => name.endsWith('.jsonl.gz'))).toBe(true);
    expect(readdirSync(folder).length).toBeGreaterThan(3);
    expect(diskBytes()).toBeLessThan(MIB);
    expect(await numbers()).toEqual(upTo(19_999));
    expect(await numbers({ before: findPosition(cursor(7000)) })).toEqual(upTo(6999));
    const at = (ms: number) => BigInt(START_MS + ms) * 1_000_000n;
    expect(await numbers({ sinceNs: at(9000), untilNs: at(9100) })).toEqual(upTo(9100, 9000));
    expect(await new KeptLog(folder).lastCursor()).toBe(cursor(19_999));
    expect(failures).toEqual([]);
  });

  it('goes on where a killed core stopped: half a row, half a pack and a twin are mended', async () => {
    const segments = await open();
    segments.append([row(0), row(1)]);
    await segments.close();
    const [name = ''] = readdirSync(folder);
    appendFileSync(path.join(folder, name), row(2).slice(0, 40));
    writeFileSync(path.join(folder, '00000009-0000000000009.jsonl.gz.part'), 'half');
    expect(await numbers()).toEqual([0, 1]);
    const again = await open();
    again.append([row(2)]);
    await again.end();
    writeFileSync(path.join(folder, name), 'a twin that was not removed');
    const last = await open();
    last.append([row(3)]);
    expect(await numbers()).toEqual([0, 1, 2, 3]);
    await last.close();
    expect(readdirSync(folder).some((each) => each.endsWith('.part'))).toBe(false);
    expect(readdirSync(folder).filter((each) => each.startsWith('00000001'))).toHaveLength(1);
  });

  it('never takes more of the disk than it may, whatever is written', async () => {
    const segments = await open({ mostBytes: 4 * MIB });
    let most = 0;
    for (let at = 0; at < 400; at += 1) {
      segments.append([row(at, random(40_000))]);
      if (at % 10 !== 0) continue;
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, diskBytes());
    }
    await segments.end();
    expect(Math.max(most, diskBytes())).toBeLessThanOrEqual(4 * MIB);
    const kept = await numbers();
    expect(kept.at(-1)).toBe(399);
    expect(kept).toEqual(upTo(399, kept[0]));
  });

  it('lets go of what is too old, and begins a new piece every day', async () => {
    const segments = await open();
    for (let day = 0; day < 5; day += 1) {
      nowMs = START_MS + day * 90_000_000;
      segments.append([row(day)]);
    }
    await segments.age(START_MS + 2.5 * 90_000_000);
    expect(await numbers()).toEqual([3, 4]);
    await segments.close();
  });

  it('refuses to be written where the disk is nearly full, and keeps what it has', async () => {
    let free = 1e12;
    const segments = await open({ freeBytes: () => free });
    segments.append([row(0)]);
    free = 1000;
    nowMs += 90_000_000;
    expect(() => segments.append([row(1)])).toThrow(NoRoom);
    expect(await numbers()).toEqual([0]);
    free = 1e12;
    segments.append([row(1)]);
    expect(await numbers()).toEqual([0, 1]);
    await segments.close();
  });

  it('reads what is being written, and what is packed while it is read', async () => {
    const segments = await open();
    segments.append([row(0)]);
    const reading = new KeptLog(folder).segments();
    await segments.end();
    expect((await reading).length).toBe(1);
    expect(await numbers()).toEqual([0]);
    const [name = ''] = readdirSync(folder);
    expect(gunzipSync(readFileSync(path.join(folder, name))).toString()).toBe(`${row(0)}\n`);
  });
});
