import { Injectable } from '@nestjs/common';
import type { Configuration } from 'openid-client';
import type { OidcProvider } from '../../sign-in-providers.js';
import { type ExternalPerson, toExternalPerson } from './external-person.rules.js';
import type { ProviderDriver, ProviderQuestion } from './provider-answer.js';
import { asProviderFailure, PROVIDER_TIMEOUT_S } from './provider-failures.js';

/** OpenID Connect with discovery: the code flow with PKCE, state and nonce. */
@Injectable()
export class OidcDriver implements ProviderDriver<OidcProvider> {
  private readonly known = new Map<string, Promise<Configuration>>();

  async begin(provider: OidcProvider, callback: string): Promise<{ url: URL; question: ProviderQuestion }> {
    const client = await import('openid-client');
    const configuration = await this.discover(provider);
    const question = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: callback,
      scope: provider.scopes.join(' '),
      state: question.state,
      nonce: question.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(question.verifier),
      code_challenge_method: 'S256',
    });
    return { url, question };
  }

  async finish(provider: OidcProvider, address: URL, question: ProviderQuestion): Promise<ExternalPerson> {
    const client = await import('openid-client');
    const configuration = await this.discover(provider);
    return asProviderFailure(provider, async () => {
      const tokens = await client.authorizationCodeGrant(configuration, address, {
        expectedState: question.state,
        expectedNonce: question.nonce,
        pkceCodeVerifier: question.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('There is no ID token.');
      const { issuer, userinfo_endpoint: more } = configuration.serverMetadata();
      const said = more === undefined ? {} : await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      return toExternalPerson(issuer, provider.groupClaim, { ...said, ...claims });
    });
  }

  /** Asked once; where that failed, again the next time. */
  private discover(provider: OidcProvider): Promise<Configuration> {
    const { id, issuer, clientId, clientSecret } = provider;
    const found =
      this.known.get(id) ??
      asProviderFailure(provider, async () => {
        const client = await import('openid-client');
        return client.discovery(new URL(issuer), clientId, clientSecret, client.ClientSecretBasic(clientSecret), {
          timeout: PROVIDER_TIMEOUT_S,
          // The settings allow plain http on this machine itself only.
          ...(issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}),
        });
      });
    this.known.set(id, found);
    found.catch(() => this.known.delete(id));
    return found;
  }
}
