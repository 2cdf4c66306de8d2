import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';

/** Somebody the provider knows. */
export interface OidcPerson {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly preferred_username?: string;
  readonly groups?: readonly string[];
}
export const CLIENT = { id: 'bailiwick', secret: randomBytes(24).toString('base64url') };

/** A real OpenID Connect provider on loopback: whoever `person` is signs in without being asked. */
export class OidcServer {
  person: OidcPerson = { sub: 'nobody' };
  /** The next who comes is sent back with this instead. */
  denies: string | undefined;

  private constructor(
    readonly issuer: string,
    private readonly server: Server,
  ) {}

  static async start(callback: string): Promise<OidcServer> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It listens nowhere.');
    const self = new OidcServer(`http://127.0.0.1:${address.port}`, server);
    self.serve(callback);
    return self;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((stopped) => void this.server.close(() => stopped()));
  }

  private serve(callback: string): void {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const provider = new Provider(this.issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [callback] }],
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name', 'preferred_username'],
        groups: ['groups'],
      },
      scopes: ['openid', 'email', 'profile', 'groups'],
      cookies: { keys: [randomBytes(16).toString('hex')] },
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...this.person, sub }) }),
      pkce: { required: () => true },
    });
    const answer = provider.callback();
    this.server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
      this.decide(provider, request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** Where a person would type a password and agree. */
  private async decide(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
    if (this.denies !== undefined)
      return provider.interactionFinished(request, response, { error: this.denies, error_description: 'no' });
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: this.person.sub } });
    const grant =
      (grantId === undefined ? undefined : await provider.Grant.find(grantId)) ??
      new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }
}
