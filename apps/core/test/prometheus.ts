import { readFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import type { TestApp } from './app.js';

/** The token monitoring shows. */
export const monitoringToken = ({ config }: TestApp): string =>
  readFileSync(path.join(config.storageDir, 'keys', 'observability-token'), 'utf8').trim();

/** What Prometheus would read now. */
export async function scrape(core: TestApp): Promise<string> {
  const { text } = await request(core.url)
    .get('/metrics')
    .set('Authorization', `Bearer ${monitoringToken(core)}`)
    .expect(200)
    .expect('Content-Type', /^text\/plain; version=0\.0\.4/);
  return text;
}

/** The samples whose line begins with `name`, as `labels value`. */
export const samples = (text: string, name: string): string[] =>
  text.split('\n').flatMap((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `) ? [line] : []));
