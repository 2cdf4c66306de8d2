import { describe, expect, it } from '@jest/globals';
import { Events } from './events.js';

declare module './events.js' {
  interface CoreEvents {
    'test.happened': number;
  }
}

describe('events', () => {
  it('reach every listener in order until it stops listening', () => {
    const events = new Events(() => undefined);
    const heard: string[] = [];
    const stop = events.on('test.happened', (count) => heard.push(`first ${count}`));
    events.on('test.happened', (count) => heard.push(`second ${count}`));
    events.publish('test.happened', 1);
    stop();
    events.publish('test.happened', 2);
    expect(heard).toEqual(['first 1', 'second 1', 'second 2']);
  });

  it('survive a listener that fails, and say which event it was', () => {
    const failures: unknown[] = [];
    const events = new Events((name, error) => failures.push([name, error]));
    const heard: number[] = [];
    const broken = new Error('broken');
    events.on('test.happened', () => {
      throw broken;
    });
    events.on('test.happened', (count) => heard.push(count));
    events.publish('test.happened', 3);
    expect(heard).toEqual([3]);
    expect(failures).toEqual([['test.happened', broken]]);
  });
});
