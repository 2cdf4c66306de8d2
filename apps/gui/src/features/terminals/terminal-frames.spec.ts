import { describe, expect, it } from '@jest/globals';
import { TERMINAL_FRAME, TERMINAL_FRAME_BYTES } from '@bailiwick/contract';
import { ackFrame, dataFrames, readFrame, resizeFrame } from './terminal-frames.ts';

const TEXT = 'zażółć gęślą jaźń — привет — 日本語 — 👩‍💻';

describe('the frames of a terminal', () => {
  it('carry every character as its bytes', () => {
    const [frame] = dataFrames(TEXT);
    expect(frame?.[0]).toBe(TERMINAL_FRAME.data);
    expect(new TextDecoder().decode(frame?.subarray(1))).toBe(TEXT);
  });

  it('are as many as a paste takes, and lose nothing where a character is cut', () => {
    const long = TEXT.repeat(2000);
    const frames = dataFrames(long);
    expect(frames.every(({ length }) => length <= TERMINAL_FRAME_BYTES + 1)).toBe(true);
    const decoder = new TextDecoder();
    const read = frames.map((frame) => decoder.decode(frame.subarray(1), { stream: true })).join('');
    expect(read).toBe(long);
  });

  it('say a size and how much was shown', () => {
    expect([...resizeFrame(300, 40)]).toEqual([TERMINAL_FRAME.resize, 1, 44, 0, 40]);
    expect([...ackFrame(65_537)]).toEqual([TERMINAL_FRAME.ack, 0, 1, 0, 1]);
  });

  it('are read by their type, and nothing is made of an unknown one', () => {
    const exit = { reason: 'exited', exitCode: 3 };
    const frame = new Uint8Array([TERMINAL_FRAME.exit, ...new TextEncoder().encode(JSON.stringify(exit))]);
    expect(readFrame(frame.buffer)).toEqual({ type: 'exit', exit });
    expect(readFrame(new Uint8Array([TERMINAL_FRAME.data, 104, 105]).buffer)).toMatchObject({ type: 'data' });
    expect(readFrame(new Uint8Array([9, 1]).buffer)).toBeNull();
  });
});
