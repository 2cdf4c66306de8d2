import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { api } from './api.ts';
import { whenProofIsNeeded } from './step-up.ts';

interface Sent {
  method: string | undefined;
  body: unknown;
  key: string | null;
}

const refusal = (code: string, status = 403) =>
  new Response(JSON.stringify({ code, message: code, requestId: 'req' }), { status });

describe('a request that needs a proof', () => {
  const ownFetch = globalThis.fetch;
  let sent: Sent[];
  let proved: boolean;
  let forget: () => void;
  beforeEach(() => {
    sent = [];
    proved = false;
    forget = () => undefined;
    // Answers as the core does: 403 until the person has proved who they are.
    globalThis.fetch = (_address, { method, body, headers } = {}) => {
      sent.push({ method, body, key: new Headers(headers).get('idempotency-key') });
      return Promise.resolve(proved ? new Response(JSON.stringify({ done: true })) : refusal('step_up_required'));
    };
  });
  afterEach(() => {
    globalThis.fetch = ownFetch;
    forget();
  });
  const prove = (): Promise<boolean> => {
    proved = true;
    return Promise.resolve(true);
  };

  it('is sent again as it was, with the same body and the same key', async () => {
    forget = whenProofIsNeeded(prove);
    await expect(api('POST', '/users', { body: { username: 'alice' } })).resolves.toEqual({ done: true });
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      body: '{"username":"alice"}',
      key: expect.stringMatching(/^.{32}$/),
    });
    expect(sent[1]).toEqual(sent[0]);
  });

  it('keeps the key the caller gave', async () => {
    forget = whenProofIsNeeded(prove);
    await api('POST', '/users', { idempotencyKey: 'of-the-caller' });
    expect(sent.map(({ key }) => key)).toEqual(['of-the-caller', 'of-the-caller']);
  });

  it('goes along with what is deleted, and not with what comes to the same each time', async () => {
    proved = true;
    await api('DELETE', '/volumes/vol_1');
    await api('PUT', '/volumes/vol_1');
    expect(sent.map(({ key }) => key)).toEqual([expect.stringMatching(/^.{32}$/), null]);
  });

  it('ends with the refusal it met when the person would rather not', async () => {
    forget = whenProofIsNeeded(() => Promise.resolve(false));
    await expect(api('PATCH', '/users/usr_1', { body: {} })).rejects.toMatchObject({
      status: 403,
      envelope: { code: 'step_up_required' },
    });
    expect(sent).toHaveLength(1);
  });

  it('ends with the refusal where nobody can be asked', async () => {
    await expect(api('DELETE', '/users/usr_1')).rejects.toMatchObject({ envelope: { code: 'step_up_required' } });
    expect(sent).toHaveLength(1);
  });

  it('asks once for requests that wait together, and anew for a later one', async () => {
    let questions = 0;
    forget = whenProofIsNeeded(() => {
      questions += 1;
      return prove();
    });
    await Promise.all([api('POST', '/tenants'), api('POST', '/users')]);
    expect(questions).toBe(1);
    proved = false;
    await api('POST', '/users');
    expect(questions).toBe(2);
  });

  it('does not ask for ever where the proof does not count', async () => {
    let questions = 0;
    forget = whenProofIsNeeded(() => {
      questions += 1;
      return Promise.resolve(true);
    });
    await expect(api('POST', '/users')).rejects.toMatchObject({ envelope: { code: 'step_up_required' } });
    expect(questions).toBe(1);
  });
});
