import { Inject, Injectable, type INestApplication } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService } from '@nestjs/core';
import type { ApiResponse } from '@nestjs/swagger';
import { ApiDocument, ErrorEnvelope, IdempotencyKey } from '@bailiwick/contract';
import * as z from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config.js';
import { EntryPoints } from '../../foundation/access/entry-points.js';
import { notFound } from '../../kernel/errors.js';
import { type Reply, RETURNS } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import { completeOperations, toResponse } from './api-document.rules.js';
import { ApiSchemas, joinDirections } from './api-schemas.rules.js';

/** The API, described from the routes and the contract when somebody first asks for it. */
@Injectable()
export class ApiDescriptionService {
  private app: INestApplication | undefined;
  private text: Promise<ApiDocument> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly discovery: DiscoveryService,
    private readonly entryPoints: EntryPoints,
  ) {}

  /** Told by who assembles the app: nothing inside it can name the whole. */
  describes(app: INestApplication): void {
    this.app = app;
  }

  get(): Promise<ApiDocument> {
    if (!this.config.BAILIWICK_API_DOCS || !this.app) throw notFound('document', 'openapi.json');
    return (this.text ??= this.describe(this.app));
  }

  private async describe(app: INestApplication): Promise<ApiDocument> {
    const swagger = await import('@nestjs/swagger');
    const queries = this.markRoutes(swagger.ApiResponse);
    const schemas = new ApiSchemas();
    const head = new swagger.DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Bailiwick')
      .setDescription('Containers, apps and machines on hosts the company owns, with the rights that were delegated.')
      .setVersion(manifest.version)
      .setLicense('AGPL-3.0-only', 'https://www.gnu.org/licenses/agpl-3.0.html')
      .addCookieAuth(this.config.cookieSecure ? '__Host-bw_session' : 'bw_session', { type: 'apiKey' }, 'session')
      .addApiKey({ type: 'apiKey', in: 'header', name: 'X-CSRF' }, 'csrf')
      .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'bearer')
      .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Installer-Token' }, 'installer')
      .build();
    const document = swagger.SwaggerModule.createDocument(app, head, {
      operationIdFactory: (controller, method) => `${controller}.${method}`,
      standardSchemaConverter: (schema, { schemaType }) => {
        if (!(schema instanceof z.ZodType)) return undefined;
        return queries.has(schema) ? schemas.convertInPlace(schema, schemaType) : schemas.convert(schema, schemaType);
      },
    });
    const all = {
      ...document.components?.schemas,
      ...schemas.convert(ErrorEnvelope, 'output').components,
      ...schemas.convert(IdempotencyKey, 'input').components,
    };
    document.components = { ...document.components, schemas: all };
    completeOperations(document, this.entryPoints.list());
    const text = JSON.stringify(document).replaceAll('"#/$defs/', '"#/components/schemas/');
    return ApiDocument.parse(JSON.parse(joinDirections(text)));
  }

  /** Writes what our own decorators say in the words of the generator; answers which schemas are queries. */
  private markRoutes(describeReply: typeof ApiResponse): Set<unknown> {
    const queries = new Set<unknown>();
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const prototype: unknown = metatype.prototype;
      if (typeof prototype !== 'object' || prototype === null) continue;
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
        const method: unknown = descriptor?.value;
        if (!descriptor || typeof method !== 'function') continue;
        const reply = replyOf(method);
        if (reply) describeReply(toResponse(reply))(prototype, key, descriptor);
        for (const schema of querySchemas(metatype, key)) queries.add(schema);
      }
    }
    return queries;
  }
}

/** Nest files arguments under `<kind>:<index>`. */
function querySchemas(controller: object, method: string): unknown[] {
  const filed: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method);
  const parsed = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() })).safeParse(filed);
  return Object.entries(parsed.data ?? {})
    .filter(([name, { schema }]) => name.startsWith(`${RouteParamtypes.QUERY}:`) && schema !== undefined)
    .map(([, { schema }]) => schema);
}

// Only `Returns` and its like write under this key.
const replyOf = (method: object): Reply | undefined => Reflect.getMetadata(RETURNS, method) as Reply | undefined;
