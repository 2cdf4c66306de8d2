import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type LogLine, LogMatches, LogPage } from '@bailiwick/contract';
import request from 'supertest';
import type { FakeContainer } from '../../src/foundation/environments/fake-container.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { changeRights } from '../people.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const SECOND_NS = 1_000_000_000n;

describe('the log of a container', () => {
  let test: TestApp;
  let owner: SignedInPerson;
  let names = 0;
  beforeAll(async () => {
    test = await startApp();
    owner = await signIn(test);
  });
  afterAll(() => test.close());

  const aTalker = async (write: (container: FakeContainer) => void): Promise<SeenContainer> => {
    const seen = await seenOnEngine(test, { name: `talker-${++names}`, command: ['sleep', 'infinity'] });
    write(fakeEngine(test).get(seen.engineId));
    return seen;
  };
  const counted = (count: number) => (container: FakeContainer) => {
    for (let at = 1; at <= count; at += 1) container.log.write(at % 3 === 0 ? 'stderr' : 'stdout', `line ${at}`);
  };
  const get = (path: string, person = owner) => request(test.url).get(`/api/v1/containers/${path}`).set(person.headers);
  const page = async (path: string): Promise<LogPage> => LogPage.parse((await get(path).expect(200)).body);
  const numbers = (lines: LogLine[]) => lines.map(({ text }) => Number(text.split(' ')[1]));
  const upTo = (last: number, count: number) => Array.from({ length: count }, (_, at) => last - count + 1 + at);

  it('gives exactly the last ten lines for tail=10, both streams in order', async () => {
    const { id } = await aTalker(counted(500));
    const { lines, more } = await page(`${id}/logs?tail=10`);
    expect(numbers(lines)).toEqual(upTo(500, 10));
    expect(lines.map(({ stream }) => stream).slice(-3)).toEqual(['stderr', 'stdout', 'stdout']);
    expect(more).toBe(true);
  });

  it('gives 200 lines unless told otherwise, and everything when there is less', async () => {
    const { id } = await aTalker(counted(500));
    expect(numbers((await page(`${id}/logs`)).lines)).toEqual(upTo(500, 200));
    const short = await aTalker(counted(7));
    expect(await page(`${short.id}/logs`)).toMatchObject({ more: false });
    expect(numbers((await page(`${short.id}/logs`)).lines)).toEqual(upTo(7, 7));
  });

  it('pages back to the first line without a gap or a duplicate, also within one nanosecond', async () => {
    const start = 1_763_700_000n * SECOND_NS;
    const { id } = await aTalker((container) => {
      for (let at = 1; at <= 300; at += 1)
        container.log.write('stdout', `line ${at}`, start + BigInt(Math.floor(at / 70)) * 4000n * SECOND_NS);
    });
    const seen: number[] = [];
    let before = '';
    for (let pages = 0; pages < 20; pages += 1) {
      const { lines, more } = await page(`${id}/logs?tail=32${before}`);
      seen.unshift(...numbers(lines));
      if (!more) break;
      before = `&before=${lines[0]?.cursor}`;
    }
    expect(seen).toEqual(upTo(300, 300));
  });

  it('filters by stream and still fills the page', async () => {
    const { id } = await aTalker(counted(300));
    const { lines } = await page(`${id}/logs?tail=20&stream=stderr`);
    expect(numbers(lines)).toEqual(upTo(100, 20).map((at) => at * 3));
    const [first] = lines;
    const older = await page(`${id}/logs?tail=20&stream=stderr&before=${first?.cursor}`);
    expect(numbers(older.lines)).toEqual(upTo(80, 20).map((at) => at * 3));
  });

  it('reads from and to a moment, both included', async () => {
    const start = BigInt(Date.parse('2025-11-01T10:00:00Z')) * 1_000_000n;
    const { id } = await aTalker((container) => {
      for (let at = 0; at < 60; at += 1) container.log.write('stdout', `line ${at}`, start + BigInt(at) * SECOND_NS);
    });
    const range = 'since=2025-11-01T10:00:10Z&until=2025-11-01T11:00:20%2B01:00';
    expect(numbers((await page(`${id}/logs?${range}`)).lines)).toEqual(upTo(20, 11));
    expect((await page(`${id}/logs?since=10s`)).lines).toEqual([]);
  });

  it('puts a line together that the engine split, and keeps its nanoseconds', async () => {
    const text = 'ö'.repeat(40_000);
    const { id } = await aTalker((container) => container.log.write('stdout', text, 1_763_700_000_123_456_789n));
    const { lines } = await page(`${id}/logs?tail=1`);
    expect(lines).toMatchObject([{ text, at: '2025-11-21T04:40:00.123456789Z' }]);
  });

  describe('searched further back', () => {
    const search = async (id: string, query: Record<string, string>, person = owner): Promise<LogMatches> =>
      LogMatches.parse(
        (await get(`${id}/logs/matches?${new URLSearchParams(query).toString()}`, person).expect(200)).body,
      );
    const oldestOf = async (id: string, tail: number) => (await page(`${id}/logs?tail=${tail}`)).lines[0]?.cursor ?? '';

    it('finds each older match once, deeper with every step, until the log begins', async () => {
      const { id } = await aTalker((container) => {
        for (let at = 1; at <= 5000; at += 1)
          container.log.write('stdout', at % 250 === 0 ? `line ${at} \u001b[31mTimed\u001b[0m out` : `line ${at}`);
      });
      let before = await oldestOf(id, 100);
      let depth = 100;
      const found: number[] = [];
      const steps: LogMatches[] = [];
      for (;;) {
        const step = await search(id, { q: 'timed out', before, depth: String(depth) });
        steps.push(step);
        found.unshift(...numbers(step.matches));
        expect(step.matches).toHaveLength(step.found);
        before = step.scannedTo?.cursor ?? before;
        if (step.next === null) break;
        depth = step.next;
      }
      expect(found).toEqual(Array.from({ length: 19 }, (_, at) => 250 * (at + 1)));
      expect(steps.map(({ end }) => end)).toEqual([null, null, null, 'beginning']);
      expect((await get(`${id}/logs?before=${before}`)).body.lines).toEqual([]);
    });

    it('takes a capital as meant, and one stream alone', async () => {
      const { id } = await aTalker((container) => {
        container.log.write('stdout', 'line 1 Full');
        container.log.write('stderr', 'line 2 full');
        container.log.write('stderr', 'line 3 Full');
        container.log.write('stdout', 'line 4');
      });
      const before = await oldestOf(id, 1);
      expect(numbers((await search(id, { q: 'full', before })).matches)).toEqual([1, 2, 3]);
      expect(numbers((await search(id, { q: 'Full', before })).matches)).toEqual([1, 3]);
      expect(numbers((await search(id, { q: 'Full', before, stream: 'stderr' })).matches)).toEqual([3]);
    });

    it('finds only lines of the levels that are asked for, and a trace with its head', async () => {
      const { id } = await aTalker((container) => {
        container.log.write('stdout', 'ERROR line 1 payment');
        container.log.write('stdout', '  at line 2 payment');
        container.log.write('stdout', 'INFO line 3 payment');
        container.log.write('stdout', 'line 4 payment');
        container.log.write('stdout', 'end');
      });
      const before = await oldestOf(id, 1);
      const found = async (levels: string) => (await search(id, { q: 'payment', before, levels })).matches.map(({ text }) => /\d/.exec(text)?.[0]); // prettier-ignore
      expect(await found('error,fatal')).toEqual(['1', '2']);
      expect(await found('info')).toEqual(['3']);
      expect(await found('unknown')).toEqual(['4']);
    });

    it('gives the newest 200 of a step and counts the rest', async () => {
      const { id } = await aTalker(counted(500));
      const step = await search(id, { q: 'line', before: await oldestOf(id, 1) });
      expect(numbers(step.matches)).toEqual(upTo(499, 200));
      expect(step).toMatchObject({ found: 499, end: 'beginning', next: null });
    });

    it.each([
      'q=&before=a.1.0.a',
      'q=a&before=a.1.0.a&levels=loud',
      'before=a.1.0.a',
      'q=a',
      'q=a&before=nonsense',
      'q=a&before=a.1.0.a&depth=9000000',
    ])('refuses %s', async (query) => {
      const { id } = await aTalker(counted(1));
      await get(`${id}/logs/matches?${query}`).expect(400);
    });

    it('is one of each person at a time: an engine may have to read a million lines for it', async () => {
      const { id } = await aTalker(counted(30));
      const before = await oldestOf(id, 1);
      const other = await signIn(test, { platformRole: 'administrator' });
      const engine = fakeEngine(test);
      const asked = jest.spyOn(engine, 'logs');
      engine.hang();
      const both = [1, 2].map(() => search(id, { q: 'line 7', before }));
      await until(() => asked.mock.calls.length === 1);
      // Somebody else need not wait, and asked after them: by then the second one had asked as well.
      const theirs = search(id, { q: 'line 7', before }, other);
      await until(() => asked.mock.calls.length === 2);
      engine.goOnline();
      for (const step of await Promise.all([...both, theirs])) expect(numbers(step.matches)).toEqual([7]);
      expect(asked.mock.calls.length).toBe(3);
      asked.mockRestore();
    });

    it('does not exist for who may not see the container', async () => {
      const { id } = await aTalker(counted(1));
      const member = await signIn(test, { platformRole: 'member' });
      await get(`${id}/logs/matches?q=a&before=a.1.0.a`, member).expect(404);
    });
  });

  it.each(['tail=0', 'tail=2001', 'since=yesterday', 'stream=stdin', 'before=nonsense', 'follow=1'])(
    'refuses %s and names the field',
    async (query) => {
      const { id } = await aTalker(counted(1));
      const { body } = await get(`${id}/logs?${query}`).expect(400);
      expect(body.params.issues[0].path).toBe(query.split('=')[0]);
    },
  );

  it('says since when the engine is away', async () => {
    const { id } = await aTalker(counted(1));
    fakeEngine(test).goOffline();
    try {
      await until(async () => (await get(`${id}/logs`)).status === 503);
      const { body } = await get(`${id}/logs/download`).expect(503);
      expect(body).toMatchObject({ code: 'engine_unavailable', params: { since: expect.any(String) } });
    } finally {
      fakeEngine(test).goOnline();
      await until(async () => (await get(`${id}/logs`)).status === 200);
    }
  });

  it('does not exist for who may not see the container', async () => {
    const { id } = await aTalker(counted(1));
    const member = await signIn(test, { platformRole: 'member' });
    await get(`${id}/logs`, member).expect(404);
    await get(`${id}/logs/download`, member).expect(404);
    await request(test.url).get(`/api/v1/containers/${id}/logs`).expect(401);
    await get('ct_aaaaaaaaaaaaaaaa/logs').expect(404);
    await get('nonsense/logs').expect(400);
  });

  describe('as a file', () => {
    it('is the whole log with its times, under a safe name', async () => {
      const { id, name } = await aTalker(counted(5000));
      const { text, headers } = await get(`${id}/logs/download`).expect(200);
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(5000);
      expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line 1$/);
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(headers['content-disposition']).toMatch(new RegExp(`^attachment; filename="${name}-[0-9T-]+\\.log"$`));
    });

    it('follows the filter, and leaves the times out when asked', async () => {
      const { id } = await aTalker(counted(6));
      const { text } = await get(`${id}/logs/download?stream=stderr&timestamps=false`).expect(200);
      expect(text).toBe('line 3\nline 6\n');
      expect((await get(`${id}/logs/download?since=2100-01-01T00:00:00Z`).expect(200)).text).toBe('');
    });

    it('needs a capability of its own', async () => {
      const { id } = await aTalker(counted(1));
      const viewer = await signIn(test, { platformRole: 'viewer' });
      const { body } = await get(`${id}/logs/download`, viewer).expect(403);
      expect(body.params.missing).toEqual(['containers.logsDownload']);
    });

    it('breaks off, and never looks complete, once the right to it ends', async () => {
      const { id } = await aTalker(counted(400_000));
      const leaver = await signIn(test, { platformRole: 'administrator' });
      const answer = await fetch(`${test.url}/api/v1/containers/${id}/logs/download`, { headers: leaver.headers });
      const reader = answer.body?.getReader();
      await reader?.read();
      await changeRights(test, leaver.user.id, { active: false });
      const readOn = async () => {
        while (!(await reader?.read())?.done);
      };
      await expect(readOn()).rejects.toThrow();
    });
  });
});
