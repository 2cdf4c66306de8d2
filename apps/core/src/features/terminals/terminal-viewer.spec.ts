import { describe, expect, it } from '@jest/globals';
import { TERMINAL_HIGH_BYTES, TERMINAL_REPLAY_BYTES } from '@bailiwick/contract';
import { TerminalRing } from './terminal-ring.js';
import { TerminalViewer } from './terminal-viewer.js';

/** What one connection may say at once is 200 messages, and a frame of bytes is two of them. */
const MOST_FRAMES = 100;

function looking() {
  const ring = new TerminalRing(TERMINAL_REPLAY_BYTES);
  const frames: Buffer[] = [];
  const viewer = new TerminalViewer('view', 'Ada', { columns: 80, rows: 24 }, (frame) => frames.push(frame.subarray(1)), ring, undefined); // prettier-ignore
  const say = (text: string) => {
    ring.push(Buffer.from(text));
    viewer.pump();
  };
  return { frames, viewer, say, told: () => Buffer.concat(frames).toString() };
}

describe('who looks on', () => {
  it('is told every word at once while they show what they get', () => {
    const { frames, viewer, say } = looking();
    for (let n = 0; n < 500; n += 1) {
      say(`${n}\r\n`);
      expect(frames.at(-1)?.toString()).toBe(`${n}\r\n`);
      viewer.acknowledge(frames.at(-1)?.length ?? 0);
      viewer.pump();
    }
  });

  it('is sent no more frames than they may acknowledge at once, however small what is said, and all of it is said', () => {
    const { frames, viewer, say, told } = looking();
    let said = '';
    for (let n = 0; said.length < TERMINAL_HIGH_BYTES; n += 1) {
      const word = `y ${n}\r\n`;
      said += word;
      say(word);
    }
    expect(frames.length).toBeLessThan(MOST_FRAMES);
    expect(told()).toBe(said);
    for (const { length } of [...frames]) {
      viewer.acknowledge(length);
      viewer.pump();
    }
    say('more');
    expect(told()).toBe(`${said}more`);
  });

  it('gets what was held back as soon as they show something', () => {
    const { frames, viewer, say, told } = looking();
    for (let n = 0; n < 70; n += 1) say('.');
    expect(told()).toHaveLength(64);
    viewer.acknowledge(frames[0]?.length ?? 0);
    viewer.pump();
    expect(told()).toHaveLength(70);
  });
});
