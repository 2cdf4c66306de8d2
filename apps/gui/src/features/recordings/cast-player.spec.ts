import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CastPlayer, type CastState } from './cast-player.ts';

const cast = {
  size: { columns: 80, rows: 24 },
  events: [
    { atMs: 0, kind: 'o' as const, data: 'a' },
    { atMs: 1000, kind: 'o' as const, data: 'b' },
    { atMs: 1500, kind: 'r' as const, data: '100x30' },
    { atMs: 2000, kind: 'o' as const, data: 'c' },
  ],
  lengthMs: 2000,
};
let shown: string;
let sizes: string[];
let state: CastState;
let player: CastPlayer;

beforeEach(() => {
  jest.useFakeTimers();
  [shown, sizes, state] = ['', [], { atMs: 0, plays: false }];
  const screen = {
    write: (text: string, { done }: { done: () => void }) => {
      shown += text;
      done();
    },
    setSize: ({ columns, rows }: { columns: number; rows: number }) => void sizes.push(`${columns}x${rows}`),
    clear: () => (shown = ''),
  };
  player = new CastPlayer(
    screen,
    cast,
    (told) => (state = told),
    () => Date.now(),
  );
});
afterEach(() => {
  player.dispose();
  jest.useRealTimers();
});
const wait = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('a recording that is played', () => {
  it('shows each moment at its time, and stops at its end', async () => {
    player.play();
    await wait(100);
    expect([shown, state.plays]).toEqual(['a', true]);
    await wait(1000);
    expect(shown).toBe('ab');
    await wait(1000);
    expect([shown, state, sizes]).toEqual(['abc', { atMs: 2000, plays: false }, ['80x24', '100x30']]);
    player.play();
    await wait(100);
    expect([shown, state.plays]).toEqual(['a', true]);
  });

  it('goes faster, and waits while it is paused', async () => {
    player.setSpeed(4);
    player.play();
    await wait(300);
    expect(shown).toBe('ab');
    player.pause();
    await wait(5000);
    expect([shown, state.plays]).toEqual(['ab', false]);
  });

  it('shows any moment, also an earlier one', async () => {
    await player.seek(1999);
    expect([shown, state.atMs]).toEqual(['ab', 1999]);
    await player.seek(500);
    expect([shown, sizes.at(-1)]).toEqual(['a', '80x24']);
    await player.seek(9000);
    expect([shown, state.atMs]).toEqual(['abc', 2000]);
  });
});
