import { describe, expect, it, jest } from '@jest/globals';
import { ContainerIntents } from './container-intents.ts';

describe('container intents', () => {
  it('shows what was asked until the core has obeyed', () => {
    const intents = new ContainerIntents();
    intents.ask(['ct_a'], 'stop');
    expect(intents.of('ct_a')).toEqual({ state: 'asked', action: 'stop' });
    intents.settle(['ct_a']);
    expect(intents.of('ct_a')).toBeUndefined();
  });

  it('keeps a refusal until a person dismisses it', () => {
    const intents = new ContainerIntents();
    intents.ask(['ct_a'], 'start');
    intents.refuse('ct_a', 'start', { code: 'port_conflict', params: { port: 8080 } });
    intents.settle(['ct_a']);
    expect(intents.of('ct_a')).toMatchObject({ state: 'refused', error: { code: 'port_conflict' } });
    intents.dismiss('ct_a');
    expect(intents.of('ct_a')).toBeUndefined();
  });

  it('touches only the containers named', () => {
    const intents = new ContainerIntents();
    intents.ask(['ct_a', 'ct_b'], 'restart');
    intents.settle(['ct_b']);
    expect(intents.of('ct_a')?.state).toBe('asked');
  });

  it('tells its listeners of every change and forgets those who left', () => {
    const intents = new ContainerIntents();
    const listener = jest.fn();
    const leave = intents.subscribe(listener);
    intents.ask(['ct_a'], 'stop');
    leave();
    intents.settle(['ct_a']);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
