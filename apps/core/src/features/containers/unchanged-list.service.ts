import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import { canEverHold } from '../../foundation/access/access.rules.js';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { isOwnHost } from '../../kernel/http/host.rules.js';
import { ownAddresses } from '../../kernel/http/own-page.js';
import { newRequestId } from '../../kernel/http/request-context.js';
import { SECURITY_HEADERS } from '../../kernel/http/security-headers.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ContainerListService } from './container-list.service.js';

const ADDRESS = '/api/v1/containers';

/** Says "unchanged" to whoever asks for the list again and again; everything else takes the usual way. */
@Injectable()
export class UnchangedListService {
  constructor(
    private readonly actors: ActorResolver,
    private readonly containers: ContainerListService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> | undefined {
    const { method, url, headers } = request;
    if (method !== 'GET' || url !== ADDRESS || headers['if-none-match'] === undefined) return undefined;
    return this.isOwn(request) ? this.sayUnchanged(request, response) : undefined;
  }

  private async sayUnchanged(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { headers, socket } = request;
    const actor = await this.actors.fromReading(headers, socket.remoteAddress ?? 'unknown');
    if (!actor || !canEverHold(actor, 'containers.see')) return false;
    const etag = this.containers.etag(actor);
    if (headers['if-none-match'] !== etag) return false;
    // Where the framework would leave it, for whoever measures.
    Object.assign(request, { route: { path: ADDRESS } });
    response.writeHead(304, { ...SECURITY_HEADERS, 'X-Request-Id': newRequestId(), ETag: etag }).end();
    return true;
  }

  private isOwn({ headers }: IncomingMessage): boolean {
    const own = ownAddresses(this.config);
    const hosts = [headers.host, headers['x-forwarded-host'] ?? headers.host].flat();
    return hosts.every((host) => isOwnHost(host, own));
  }
}
