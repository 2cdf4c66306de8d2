import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DeployInput, Operation } from '@bailiwick/contract';
import { until } from '../until.js';

const MIB = 1024 * 1024;

/** A folder with one preset per name, open to members; `config` overrides what it runs. */
export function presetsFolder(
  presets: Record<string, { questions?: object[]; config?: object; selfService?: boolean; roles?: object }>,
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-presets-'));
  for (const [name, { questions = [], config = {}, selfService = true, roles = {} }] of Object.entries(presets))
    writeFileSync(
      path.join(folder, `${name}.json`),
      JSON.stringify({
        name,
        title: name,
        description: 'Made for a test.',
        categories: ['tool'],
        selfService,
        roles,
        questions,
        config: {
          image: 'busybox:local',
          command: ['sh', '-c', 'sleep 1000'],
          memoryBytes: 32 * MIB,
          cpus: 0.5,
          restart: 'no',
          ...config,
        },
      }),
    );
  return folder;
}

/** A wish for the preset `web`. */
export const aDeploy = (overrides: Partial<DeployInput> = {}): Record<string, unknown> => ({
  preset: 'web',
  name: 'web-one',
  ...overrides,
});

interface Answer {
  readonly status: number;
  // A test reads what nobody typed.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

/** Calls the API as this person; the body is JSON. */
export async function call(
  app: { url: string },
  person: { headers: Record<string, string> },
  method: string,
  route: string,
  { body, key }: { body?: unknown; key?: string } = {},
): Promise<Answer> {
  const response = await fetch(`${app.url}/api/v1${route}`, {
    method,
    headers: {
      ...person.headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
}

/** Follows an operation to its end. */
export async function finished(
  app: { url: string },
  person: { headers: Record<string, string> },
  id: string,
  { within = 20_000 } = {},
): Promise<Operation> {
  let operation: Operation | undefined;
  await until(
    async () => {
      const { body } = await call(app, person, 'GET', `/operations/${id}`);
      operation = body;
      return ['done', 'failed', 'cancelled'].includes(body.state);
    },
    { within, what: `Operation ${id}` },
  );
  if (!operation) throw new Error('There is no operation.');
  return operation;
}
