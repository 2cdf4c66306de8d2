import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** GitHub's three endpoints as its papers describe them, on loopback; `account` signs in without being asked. */
export class GithubServer {
  account: { id: number; login: string; name?: string | null } = { id: 1, login: 'nobody' };
  addresses: { email: string; primary: boolean; verified: boolean }[] = [];
  private readonly codes = new Map<string, { challenge: string; callback: string }>();
  private readonly tokens = new Set<string>();

  private constructor(
    readonly issuer: string,
    private readonly server: Server,
    private readonly client: { id: string; secret: string },
  ) {}

  static async start(client: { id: string; secret: string }): Promise<GithubServer> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
    const self = new GithubServer(`http://127.0.0.1:${address.port}`, server, client);
    server.on('request', (request, response) => void self.answer(request, response));
    return self;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((stopped) => void this.server.close(() => stopped()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const body = new URLSearchParams(await textOf(request));
    const answers: Record<string, () => void> = {
      '/login/oauth/authorize': () => this.authorize(url.searchParams, response),
      '/login/oauth/access_token': () => sendJson(response, 200, this.exchange(body)),
      '/api/v3/user': () => this.guarded(request, response, this.account),
      '/api/v3/user/emails': () => this.guarded(request, response, this.addresses),
    };
    (answers[url.pathname] ?? (() => sendJson(response, 404, {})))();
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = randomBytes(10).toString('hex');
    const callback = query.get('redirect_uri') ?? '';
    this.codes.set(code, { challenge: query.get('code_challenge') ?? '', callback });
    const back = new URL(callback);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  /** Also a refusal is answered with 200. */
  private exchange(body: URLSearchParams): object {
    const kept = this.codes.get(body.get('code') ?? '');
    this.codes.delete(body.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const right =
      kept?.challenge === verifier &&
      body.get('client_id') === this.client.id &&
      body.get('client_secret') === this.client.secret &&
      body.get('redirect_uri') === kept.callback;
    if (!right)
      return { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' };
    const token = `gho_${randomBytes(18).toString('hex')}`;
    this.tokens.add(token);
    return { access_token: token, scope: 'read:user,user:email', token_type: 'bearer' };
  }

  private guarded({ headers }: IncomingMessage, response: ServerResponse, content: object): void {
    const known = this.tokens.has((headers.authorization ?? '').replace(/^bearer /i, '')) && headers['user-agent'];
    sendJson(response, known ? 200 : 401, known ? content : { message: 'Bad credentials' });
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

const sendJson = (response: ServerResponse, status: number, content: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
