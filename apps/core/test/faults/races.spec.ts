import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OperationsService } from '../../src/foundation/operations/operations.service.js';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const PARALLEL = 200;
const MANY = process.env['BAILIWICK_TEST_DEEP'] ? 1000 : 200;
const IN_TIME_MS = 120_000;

let app: TestApp;
let owner: SignedInPerson;

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        web: { config: { ports: [{ containerPort: 80, label: 'Web' }] } },
        suggested: { config: { ports: [{ containerPort: 80, label: 'Web', suggestedHostPort: 28_200 }] } },
      }),
    },
  });
  owner = await signIn(app);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

const deployAll = (count: number, wish: (index: number) => object) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      call(app, owner, 'POST', '/deployments', { body: aDeploy(wish(index)) }),
    ),
  );
const codes = (answers: Array<{ status: number; body: { code?: string } }>) => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) counts[body.code ?? status] = (counts[body.code ?? status] ?? 0) + 1;
  return counts;
};

describe('many who deploy at once', () => {
  it(
    'to one port: one wins, the others are told',
    async () => {
      const ports = [{ containerPort: 80, protocol: 'tcp', hostPort: 28_100 }];
      const answers = await deployAll(PARALLEL, (index) => ({ name: `port-${index}`, ports }));
      expect(codes(answers)).toEqual({ 202: 1, port_conflict: PARALLEL - 1 });
      const winner = answers.find(({ status }) => status === 202);
      expect(await finished(app, owner, winner?.body.operation.id)).toMatchObject({ state: 'done' });
    },
    IN_TIME_MS,
  );

  it(
    'under one name: one wins, the others are told',
    async () => {
      const answers = await deployAll(50, () => ({ name: 'same-name' }));
      expect(codes(answers)).toEqual({ 202: 1, name_taken: 49 });
      await finished(app, owner, answers.find(({ status }) => status === 202)?.body.operation.id);
    },
    IN_TIME_MS,
  );

  it(
    'with one suggested port: each gets a port of its own',
    async () => {
      const answers = await deployAll(20, (index) => ({ preset: 'suggested', name: `suggested-${index}` }));
      const ports = new Set<number>();
      for (const { body } of answers) {
        const { result } = await finished(app, owner, body.operation.id);
        ports.add((result as { ports: Array<{ hostPort: number }> }).ports[0]?.hostPort ?? 0);
      }
      expect(ports.size).toBe(20);
      expect(ports.has(28_200)).toBe(true);
    },
    IN_TIME_MS,
  );

  it(
    'all end, however many they are',
    async () => {
      const answers = await deployAll(MANY, (index) => ({ name: `many-${index}` }));
      expect(codes(answers)).toEqual({ 202: MANY });
      const operations = app.app.get(OperationsService);
      const ids = answers.map(({ body }) => body.operation.id);
      await until(async () => (await operations.list(owner.actor, { state: 'active', limit: 1 })).items.length === 0, {
        within: IN_TIME_MS,
        what: 'The last deploy',
      });
      const names = new Set((await fakeEngine(app).list()).map(({ name }) => name));
      expect(ids).toHaveLength(new Set(ids).size);
      expect(Array.from({ length: MANY }, (_, index) => names.has(`many-${index}`))).not.toContain(false);
    },
    IN_TIME_MS * 2,
  );

  it(
    'and are cancelled at any moment leave nothing or a container, never half of one',
    async () => {
      fakeEngine(app).slowDown(30);
      const answers = await deployAll(40, (index) => ({ name: `moment-${index}` }));
      const ends = await Promise.all(
        answers.map(async ({ body }, index) => {
          await until(
            async () => (await stepsDone(body.operation.id)) >= index % 8 || (await isOver(body.operation.id)),
            {
              within: 30_000,
            },
          );
          await call(app, owner, 'POST', `/operations/${body.operation.id}/cancel`);
          return finished(app, owner, body.operation.id, { within: 30_000 });
        }),
      );
      fakeEngine(app).slowDown(0);
      const names = new Set((await fakeEngine(app).list()).map(({ name }) => name));
      for (const { state, target } of ends)
        expect({ state, made: names.has(target.label) }).toEqual({ state, made: state === 'done' });
      expect(ends.some(({ state }) => state === 'cancelled')).toBe(true);
    },
    IN_TIME_MS,
  );
});

const get = async (id: string) => (await call(app, owner, 'GET', `/operations/${id}`)).body;
const stepsDone = async (id: string) =>
  (await get(id)).steps.filter(({ state }: { state: string }) => state === 'done').length;
const isOver = async (id: string) => ['done', 'failed', 'cancelled'].includes((await get(id)).state);
