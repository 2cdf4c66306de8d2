import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { Events } from '../src/kernel/events.js';
import { newId } from '../src/kernel/ids.js';
import { startApp, type TestApp } from './app.js';
import { seenOnEngine } from './fake-engine.js';
import { scrape } from './prometheus.js';

const PROMTOOL = process.env['PROMTOOL_PATH'] ?? 'promtool';
const check = (input: string) => spawnSync(PROMTOOL, ['check', 'metrics'], { input, encoding: 'utf8' });

/** Somebody else's judgement of what Prometheus is given. */
describe('promtool', () => {
  let core: TestApp;
  beforeAll(async () => {
    core = await startApp();
  });
  afterAll(() => core.close());

  it('finds nothing wrong with the metrics, once everything in them has been counted', async () => {
    await scrape(core);
    await seenOnEngine(core, { name: 'web' });
    await request(core.url).get('/api/v1/containers').expect(401);
    const about = { id: newId('op'), name: 'containers.restart', startedAtMs: 1000, finishedAtMs: 4000, steps: [] };
    core.app.get(Events).publish('operation.finished', { ...about, outcome: 'done', seconds: 3 });
    const text = await scrape(core);
    expect(text).toContain('bailiwick_operation_duration_seconds_bucket');
    const { status, stdout, stderr } = check(text);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('would find it', () => {
    expect(check('# TYPE bailiwick_wrong_total gauge\nbailiwick_wrong_total 1\n').status).not.toBe(0);
  });
});
