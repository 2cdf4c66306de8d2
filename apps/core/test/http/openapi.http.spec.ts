import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import request from 'supertest';
import * as z from 'zod';
import { EntryPoints } from '../../src/foundation/access/entry-points.js';
import { startApp, type TestApp } from '../app.js';
import { seenOnEngine } from '../fake-engine.js';
import { signIn, type SignedInPerson } from '../sign-in.js';

const INSTALLER = 'zN3v8QpX1mT6wR9bK4sY7cJ2hF5dG0aL';
const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Verb = (typeof VERBS)[number];

const Parameter = z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().optional() });
const Operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(Parameter).default([]),
  requestBody: z.looseObject({}).optional(),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()).optional() })),
  security: z.array(z.record(z.string(), z.unknown())).optional(),
  'x-capability': z.string().optional(),
});
const Document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.partialRecord(z.enum(VERBS), Operation)),
  components: z.looseObject({
    securitySchemes: z.record(z.string(), z.unknown()),
    schemas: z.record(z.string(), z.looseObject({})),
  }),
});

describe('the API description', () => {
  let test: TestApp;
  let owner: SignedInPerson;
  let document: z.infer<typeof Document>;
  beforeAll(async () => {
    test = await startApp({ env: { BAILIWICK_INSTALLER_TOKEN: INSTALLER } });
    owner = await signIn(test);
    document = Document.parse((await request(test.url).get('/api/v1/openapi.json').expect(200)).body);
  });
  afterAll(() => test.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      VERBS.flatMap((verb) => {
        const operation = item[verb];
        return operation ? [{ verb, path, operation }] : [];
      }),
    );

  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('holds every route of the running app, and no other', () => {
    const running = routesOf(test).map(({ verb, path }) => `${verb} ${path}`);
    expect(running.length).toBeGreaterThan(15);
    expect(
      operations()
        .map(({ verb, path }) => `${verb} ${path}`)
        .toSorted(),
    ).toEqual(running.toSorted());
  });

  it('says of every route what it answers, in the words of the contract', () => {
    const silent = operations().filter(({ operation }) => {
      const answers = Object.entries(operation.responses).filter(([status]) => /^[23]/.test(status));
      return (
        answers.length === 0 ||
        answers.some(([status, { content }]) => ['204', '302'].includes(status) === Boolean(content))
      );
    });
    expect(silent.map(({ verb, path }) => `${verb} ${path}`)).toEqual([]);
    expect(operations().every(({ operation }) => operation.responses['default'])).toBe(true);
    expect(document.components.schemas).toMatchObject({
      Container: { type: 'object' },
      ErrorEnvelope: { type: 'object' },
    });
  });

  it('names the capability of every route that needs one', () => {
    const marks = test.app
      .get(EntryPoints, { strict: false })
      .list()
      .filter(({ name }) => !name.startsWith('message '));
    const expected = marks.flatMap(({ allow }) => allow ?? []).toSorted();
    expect(
      operations()
        .flatMap(({ operation }) => operation['x-capability'] ?? [])
        .toSorted(),
    ).toEqual(expected);
  });

  it('says of every route how one may come: by a session, by a bearer, by the installer’s token, or as anybody', () => {
    const { securitySchemes } = document.components;
    expect(Object.keys(securitySchemes).toSorted()).toEqual(['bearer', 'csrf', 'installer', 'session']);
    const public_ = (path: string) => (path.startsWith('/api/v1/installer/') ? [{ installer: [] }] : []);
    for (const { verb, path, operation } of operations()) {
      const session = verb === 'get' ? { session: [] } : { session: [], csrf: [] };
      const expected = operation['x-capability'] === undefined ? public_(path) : [session, { bearer: [] }];
      expect({ verb, path, security: operation.security }).toEqual({ verb, path, security: expected });
    }
  });

  it('gives every operation a name of its own, and leads nowhere with no reference', () => {
    const names = operations().map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to);
    const known = new Set(Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`));
    expect(references.filter((to) => to === undefined || !known.has(to))).toEqual([]);
  });

  it('documents query fields one by one', () => {
    const fields = document.paths['/api/v1/containers/{id}/logs']?.get?.parameters.map(({ name }) => name);
    expect(fields?.toSorted()).toEqual(['before', 'id', 'since', 'stream', 'tail', 'until']);
  });

  it('promises no route that does not answer', async () => {
    const { id } = await seenOnEngine(test, { name: 'asked-about', command: ['sleep', 'infinity'] });
    for (const { verb, path } of operations()) {
      const address = path
        .replace('{id}', path.includes('/containers/') ? id : 'unknown')
        .replaceAll(/\{\w+\}/g, 'unknown');
      const { status, body } = await ask(verb, address);
      expect({ verb, address, status }).not.toMatchObject({ status: 501 });
      expect({ verb, address, status }).not.toMatchObject({ status: 500 });
      // A missing thing names its noun; a missing route does not.
      if (status === 404)
        expect({ verb, address, body }).toMatchObject({ body: { params: { noun: expect.any(String) } } });
    }
  });

  it.each(['tenantId', 'isStaff', 'rightsVersion', 'id', 'createdAt', 'quota', '__proto__'])(
    'takes %s in no body that does not name it',
    async (field) => {
      const taken: string[] = [];
      const { headers } = await signIn(test);
      for (const { verb, path, operation } of operations()) {
        if (!operation.requestBody || namesIn(document, operation.requestBody).has(field)) continue;
        const address = path.replaceAll(/\{\w+\}/g, 'usr_aaaaaaaaaaaaaaaa');
        const server = request(test.url);
        const asked = server[verb](address).set({ ...headers, 'x-installer-token': INSTALLER });
        const answer = await asked.set('content-type', 'application/json').send(`{"${field}":"x"}`);
        if (answer.status !== 400) taken.push(`${verb} ${path}: ${answer.status} ${answer.body.code}`);
      }
      expect(taken).toEqual([]);
    },
  );

  it('can be switched off', async () => {
    const quiet = await startApp({ env: { BAILIWICK_API_DOCS: 'false' } });
    await request(quiet.url).get('/api/v1/openapi.json').expect(404);
    await quiet.close();
  });

  const ask = (verb: Verb, address: string) => {
    const headers = { ...owner.headers, 'content-type': 'application/json' };
    const asked = request(test.url)[verb](address).set(headers);
    return verb === 'get' ? asked : asked.send('{}');
  };
});

/** The fields a body may hold at its top. */
function namesIn(document: z.infer<typeof Document>, body: object): Set<string> {
  const text = JSON.stringify(body);
  const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name = '']) => document.components.schemas[name],
  );
  const Fields = z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) });
  return new Set(named.flatMap((schema) => Object.keys(Fields.parse(schema).properties)));
}

/** What Express really listens to, apart from what Nest says. */
function routesOf({ app }: TestApp): Array<{ verb: string; path: string }> {
  const Layer = z.looseObject({
    route: z.looseObject({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional(),
  });
  const instance: unknown = app.getHttpAdapter().getInstance();
  const { router } = z
    .looseObject({ router: z.custom<{ stack: unknown[] }>() })
    .parse({ router: Reflect.get(Object(instance), 'router') });
  return (
    router.stack
      .flatMap((layer) => Layer.safeParse(layer).data?.route ?? [])
      // What listens to every verb is a middleware in the form of a route.
      .filter(({ methods }) => Object.keys(methods).length === 1)
      .flatMap(({ path, methods }) =>
        Object.keys(methods).map((verb) => ({ verb, path: path.replaceAll(/:(\w+)/g, '{$1}') })),
      )
  );
}
