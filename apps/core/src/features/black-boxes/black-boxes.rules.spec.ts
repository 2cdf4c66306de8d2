import { describe, expect, it } from '@jest/globals';
import type { BlackBoxRow } from './black-box.entity.js';
import { figuresBefore, lastWell, toBlackBox, toKept } from './black-boxes.rules.js';

const MINUTE = 60_000;
const line = (text: string) => ({ at: '2026-01-01T00:00:00Z', stream: 'stdout' as const, text });

describe('the log that is kept', () => {
  it('is its last two hundred lines, and says that there were more', () => {
    const lines = Array.from({ length: 250 }, (_, n) => line(String(n)));
    const kept = toKept(lines, false);
    expect([kept.lines.length, kept.lines[0]?.text, kept.lines.at(-1)?.text, kept.more]).toEqual([200, '50', '249', true]); // prettier-ignore
    expect(toKept(lines.slice(0, 3), false)).toEqual({ lines: lines.slice(0, 3), more: false });
  });

  it('is no longer than so much, line by line and all together', () => {
    expect(toKept([line('x'.repeat(5000))], false).lines[0]?.text.length).toBe(2000);
    const kept = toKept(
      Array.from({ length: 200 }, () => line('x'.repeat(2000))),
      false,
    );
    expect(kept.lines.reduce((all, { text }) => all + text.length, 0)).toBeLessThanOrEqual(64 * 1024);
    expect(kept.more).toBe(true);
  });
});

describe('the figures that are kept', () => {
  const past = { from: '2026-01-01T00:00:00.000Z', stepMs: 10_000, cpus: Array.from({ length: 360 }, (_, n) => n), memoryBytes: new Array<null>(360).fill(null) }; // prettier-ignore
  const begin = Date.parse(past.from);

  it('are those of the ten minutes before it ended', () => {
    const kept = figuresBefore(past, begin + 30 * MINUTE);
    expect([kept?.cpus.length, kept?.cpus.at(-1), kept?.from]).toEqual([60, 180, '2026-01-01T00:20:10.000Z']);
  });

  it('are none where nothing was measured, or it ended before all of it', () => {
    expect(figuresBefore({ ...past, cpus: past.memoryBytes }, begin + 30 * MINUTE)).toBeNull();
    expect(figuresBefore(past, begin - MINUTE)).toBeNull();
  });
});

describe('the configuration it last ran well with', () => {
  const versions = [
    { number: 1, appliedAtMs: 0 },
    { number: 2, appliedAtMs: 100 * MINUTE },
  ];
  const run = (from: number, to: number) => ({ startedAtMs: from * MINUTE, endedAtMs: to * MINUTE });

  it('is the newest under which it ran for ten minutes', () => {
    expect(lastWell(versions, [run(5, 95), run(101, 102)])?.number).toBe(1);
    expect(lastWell(versions, [run(5, 95), run(101, 111)])?.number).toBe(2);
    expect(lastWell(versions, [run(5, 14), run(101, 102)])).toBeUndefined();
  });

  it('counts of a run only what was under it', () => {
    expect(lastWell(versions, [run(90, 105)])?.number).toBe(1);
    expect(lastWell(versions, [run(95, 105)])).toBeUndefined();
    expect(lastWell([], [run(0, 100)])).toBeUndefined();
  });
});

it('is shown part by part, each with the right it takes elsewhere', () => {
  const row: BlackBoxRow = {
    alertId: 'alr_aaaaaaaaaaaaaaaa',
    at: 0,
    containerId: 'ct_aaaaaaaaaaaaaaaa',
    exitCode: 3,
    oomKilled: false,
    limits: null,
    log: { lines: [line('bye')], more: false },
    figures: { from: '2026-01-01T00:00:00.000Z', stepMs: 1, cpus: [1], memoryBytes: [1] },
    changes: { number: 1, since: '2026-01-01T00:00:00.000Z', fields: [] },
  };
  expect(toBlackBox(row, () => true)).toMatchObject({ log: row.log, figures: row.figures, changes: row.changes, withheld: [] }); // prettier-ignore
  expect(toBlackBox(row, (capability) => capability === 'containers.stats')).toMatchObject({
    exitCode: 3,
    log: null,
    figures: row.figures,
    changes: null,
    withheld: ['containers.logs', 'containers.settingsSee'],
  });
});
