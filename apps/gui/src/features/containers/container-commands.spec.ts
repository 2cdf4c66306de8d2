import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Container, Operation } from '@bailiwick/contract';
import { aContainer } from '../../../test/containers.ts';
import { anOperation } from '../../../test/operations.ts';
import { ApiError, type ApiOptions } from '../../lib/api.ts';
import { LiveList } from '../../lib/live-list.ts';
import { ContainerCommands } from './container-commands.ts';
import { ContainerIntents } from './container-intents.ts';

const SHORT_MS = 30;
const atOnce = (work: () => void) => work();
let intents: ContainerIntents;
let containers: LiveList<Container>;
let operations: LiveList<Operation>;
let seq: number;
let container: Container;

beforeEach(() => {
  seq = 0;
  container = aContainer();
  intents = new ContainerIntents();
  containers = new LiveList<Container>([], atOnce);
  containers.reset([container], { epoch: 'e', seq });
  operations = new LiveList<Operation>([], atOnce);
  operations.reset([], { epoch: 'e', seq });
});

/** A core that answers each request with the next answer. */
function commandsAgainst(...answers: unknown[]) {
  const asked: string[] = [];
  const send = async <Answer>(method: string, path: string, _options?: ApiOptions): Promise<Answer> => {
    asked.push(`${method} ${path}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof ApiError) throw answer;
    return answer as Answer;
  };
  const commands = new ContainerCommands({ send, intents, containers, operations, patienceMs: SHORT_MS });
  return { commands, asked };
}

const change = (item: Container) =>
  containers.apply({ epoch: 'e', seq: (seq += 1), type: 'upsert', id: item.id }, item);
const refusal = (code: 'wrong_state' | 'engine_unavailable') =>
  new ApiError({ code, message: '', requestId: 'req_1' }, 409);
const stopped = () => ({ ...container, state: 'exited' as const, status: 'stopped' as const, since: 'later' });

describe('an action on one container', () => {
  it('shows the intent until the live list tells the truth', async () => {
    const { commands, asked } = commandsAgainst({ item: stopped() });
    const done = commands.power('stop', container);
    expect(intents.of(container.id)).toEqual({ state: 'asked', action: 'stop' });
    change(stopped());
    expect(await done).toBe(true);
    expect(intents.of(container.id)).toBeUndefined();
    expect(asked).toEqual([`POST /containers/${container.id}/stop`]);
  });

  it('ends by the answer where no event comes', async () => {
    const { commands } = commandsAgainst({ item: stopped() });
    expect(await commands.power('stop', container)).toBe(true);
    expect(intents.of(container.id)).toBeUndefined();
  });

  it('keeps the refusal with its code', async () => {
    const { commands } = commandsAgainst(refusal('wrong_state'));
    expect(await commands.power('stop', container)).toBe(false);
    expect(intents.of(container.id)).toMatchObject({ state: 'refused', error: { code: 'wrong_state' } });
  });

  it('lets a defect fly', async () => {
    const { commands } = commandsAgainst({});
    await expect(commands.power('stop', container)).rejects.toThrow(TypeError);
    expect(intents.of(container.id)).toBeUndefined();
  });
});

describe('a delete', () => {
  it('ends when the operation is done and the container is gone from the list', async () => {
    const accepted = anOperation({ name: 'containers.delete' });
    const { commands } = commandsAgainst({ operation: accepted }, { ...accepted, state: 'done' });
    const done = commands.remove(container, { force: false });
    await Promise.resolve();
    containers.apply({ epoch: 'e', seq: 1, type: 'remove', id: container.id }, undefined);
    expect(await done).toBe(true);
  });

  it('keeps the reason of the operation that failed', async () => {
    const failed = anOperation({ state: 'failed', error: { code: 'engine_refused', message: 'no' } });
    const { commands } = commandsAgainst({ operation: failed });
    expect(await commands.remove(container, { force: true })).toBe(false);
    expect(intents.of(container.id)).toMatchObject({ state: 'refused', error: { code: 'engine_refused' } });
  });
});

describe('a bulk action', () => {
  it('settles what obeyed and keeps the reason of what did not', async () => {
    const other = aContainer();
    const items = [
      { id: container.id, name: 'a', ok: true, error: null },
      { id: other.id, name: 'b', ok: false, error: { code: 'port_conflict', message: '' } },
    ];
    const accepted = anOperation({ name: 'containers.bulk' });
    const { commands } = commandsAgainst({ operation: accepted }, { ...accepted, state: 'done', result: { items } });
    const ended = await commands.bulk('restart', [container, other]);
    expect(ended?.state).toBe('done');
    expect(intents.of(container.id)).toBeUndefined();
    expect(intents.of(other.id)).toMatchObject({ state: 'refused', error: { code: 'port_conflict' } });
  });

  it('marks all of them when the whole was refused', async () => {
    const { commands } = commandsAgainst(refusal('engine_unavailable'));
    expect(await commands.bulk('stop', [container])).toBeNull();
    expect(intents.of(container.id)).toMatchObject({ state: 'refused' });
  });
});
