import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';

export const CLIENT = { id: 'bailiwick', secret: randomBytes(24).toString('base64url') };
const NAME = 'grace';

/** A real OpenID Connect provider on loopback, with a page where somebody says that it is them, or goes away. */
export class OidcServer {
  private constructor(
    readonly issuer: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<OidcServer> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
    return new OidcServer(`http://127.0.0.1:${address.port}`, server);
  }

  /** For the client that is sent back to `callback`. */
  serve(callback: string): void {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const provider = new Provider(this.issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [callback] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, sub) => ({
        accountId: sub,
        claims: () => ({ sub, name: 'Grace Hopper', preferred_username: NAME }),
      }),
      pkce: { required: () => true },
    });
    const answer = provider.callback();
    this.server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
      this.decide(provider, request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((stopped) => void this.server.close(() => stopped()));
  }

  private async decide(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'consent') {
      const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) });
      grant.addOIDCScope(String(params['scope']));
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    }
    if (request.method === 'POST' && request.url?.endsWith('/leave'))
      return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'no' });
    if (request.method === 'POST')
      return provider.interactionFinished(request, response, { login: { accountId: NAME } });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Corp</title><h1>Corp</h1>
      <form method="post" action="${request.url}"><button>Continue as ${NAME}</button></form>
      <form method="post" action="${request.url}/leave"><button>Leave</button></form></html>`);
  }
}
