import { describe, expect, it } from '@jest/globals';
import { Metadata, status } from '@grpc/grpc-js';
import { type Guest, hostHandlers } from './host-door.js';

const guest: Guest = {
  caller: { id: 'plg_aaaaaaaaaaaaaaaa', name: 'guest', scopes: new Set(['roles.read']), tenants: null, events: [] },
  log: () => undefined,
  inFlight: 0,
  listening: 0,
};

describe('the door of the host', () => {
  it('lets eight calls in at once, refuses the ninth, and lets one in again when one is done', async () => {
    const finish: Array<() => void> = [];
    const held = () => new Promise<object>((resolve) => finish.push(() => resolve({})));
    const unforeseen: unknown[] = [];
    const { ListRoles } = hostHandlers({
      work: { ListRoles: held } as never,
      events: undefined as never,
      guestOf: () => guest,
      unforeseen: (error) => unforeseen.push(error),
    });
    const answers: unknown[] = [];
    const ask = () => ListRoles({ metadata: new Metadata(), request: {} } as never, (error, answer) => answers.push(error ?? answer)); // prettier-ignore
    for (let call = 0; call < 9; call += 1) ask();
    expect(answers).toEqual([expect.objectContaining({ code: status.RESOURCE_EXHAUSTED })]);
    finish[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    ask();
    expect(finish).toHaveLength(9);
    expect(answers).toHaveLength(2);
    expect(unforeseen).toEqual([]);
  });
});
