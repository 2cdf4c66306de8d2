import type { ApiResponseOptions, OpenAPIObject } from '@nestjs/swagger';
import type { EntryPoint } from '../../foundation/access/entry-points.js';
import type { Reply } from '../../kernel/http/returns.decorator.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const FAILURE = {
  description: 'Why not, in a code for programs and words for people.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorEnvelope' } } },
};
const IDEMPOTENCY: NonNullable<Operation['parameters']>[number] = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key has one effect for 24 hours, however often it is sent.',
  schema: { $ref: '#/components/schemas/IdempotencyKey.sent' },
};

/** What is no person's business and asks for a key of its own. */
const OTHER_KEYS: Readonly<Record<string, Array<Record<string, string[]>>>> = { Installer: [{ installer: [] }] };

/** What a route answers, in the generator's words. */
export function toResponse({ status, content }: Reply): ApiResponseOptions {
  if (status === 302) return { status, description: 'For browsers: go there.' };
  if (content === null) return { status, description: 'Done; nothing to say.' };
  if (content === 'text/plain')
    return { status, description: 'Text, streamed.', content: { 'text/plain': { schema: { type: 'string' } } } };
  if (content === 'application/octet-stream')
    return { status, description: 'Bytes, streamed.', content: { [content]: { schema: { type: 'string', format: 'binary' } } } }; // prettier-ignore
  return { status, standardSchema: content };
}

/** Adds what holds for all: who may, how it fails, what a change has to carry. Changes the document. */
export function completeOperations(document: OpenAPIObject, entryPoints: readonly EntryPoint[]): void {
  const byPlace = new Map(entryPoints.map((entry) => [entry.place, entry]));
  for (const item of Object.values(document.paths))
    for (const verb of VERBS) {
      const operation = item[verb];
      const entry = byPlace.get(operation?.operationId ?? '');
      if (operation && entry) complete(operation, entry, verb);
    }
}

function complete(operation: Operation, { place, allow }: EntryPoint, verb: (typeof VERBS)[number]): void {
  const changes = verb !== 'get';
  const [controller = '', method = ''] = place.split('.');
  const noun = controller.replace(/Controller$/, '');
  operation.operationId = `${noun.charAt(0).toLowerCase()}${noun.slice(1)}.${method}`;
  operation.security =
    allow === undefined
      ? (OTHER_KEYS[noun] ?? [])
      : [changes ? { session: [], csrf: [] } : { session: [] }, { bearer: [] }];
  operation.responses['default'] = FAILURE;
  if (allow !== undefined) Object.assign(operation, { 'x-capability': allow });
  if (allow !== undefined && (verb === 'post' || verb === 'delete'))
    operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY];
}
