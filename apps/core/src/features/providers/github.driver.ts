import { Injectable } from '@nestjs/common';
import type { Configuration } from 'openid-client';
import * as z from 'zod';
import type { GithubProvider } from '../../sign-in-providers.js';
import type { ExternalPerson } from './external-person.rules.js';
import type { ProviderDriver, ProviderQuestion } from './provider-answer.js';
import { asProviderFailure, PROVIDER_TIMEOUT_S } from './provider-failures.js';

const Account = z.object({ id: z.int(), login: z.string(), name: z.string().nullish() });
const Addresses = z.array(z.object({ email: z.email(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub speaks OAuth 2 without OpenID Connect: who it is, is asked for with the token. */
@Injectable()
export class GithubDriver implements ProviderDriver<GithubProvider> {
  async begin(provider: GithubProvider, callback: string): Promise<{ url: URL; question: ProviderQuestion }> {
    const client = await import('openid-client');
    const question = { state: client.randomState(), nonce: '', verifier: client.randomPKCECodeVerifier() };
    const url = client.buildAuthorizationUrl(await this.configure(provider), {
      redirect_uri: callback,
      scope: provider.scopes.join(' '),
      state: question.state,
      code_challenge: await client.calculatePKCECodeChallenge(question.verifier),
      code_challenge_method: 'S256',
      allow_signup: 'false',
    });
    return { url, question };
  }

  async finish(provider: GithubProvider, address: URL, question: ProviderQuestion): Promise<ExternalPerson> {
    const client = await import('openid-client');
    const configuration = await this.configure(provider);
    return asProviderFailure(provider, async () => {
      const { access_token: token } = await client.authorizationCodeGrant(configuration, address, {
        expectedState: question.state,
        pkceCodeVerifier: question.verifier,
      });
      const ask = async (place: string): Promise<unknown> => {
        const answer = await client.fetchProtectedResource(configuration, token, new URL(`${apiOf(provider)}${place}`), 'GET', null, new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'bailiwick' })); // prettier-ignore
        if (!answer.ok) throw new Error(`${place} answers ${answer.status}.`, { cause: answer });
        return answer.json();
      };
      const { id, login, name } = Account.parse(await ask('/user'));
      const main = Addresses.parse(await ask('/user/emails')).find(({ primary, verified }) => primary && verified);
      return {
        issuer: provider.issuer,
        // Logins are given to others when they become free; numbers are not.
        subject: String(id),
        username: login,
        displayName: name ?? null,
        verifiedEmail: main?.email.toLowerCase() ?? null,
        groups: [],
      };
    });
  }

  private async configure({ issuer, clientId, clientSecret }: GithubProvider): Promise<Configuration> {
    const client = await import('openid-client');
    const configuration = new client.Configuration(
      {
        issuer: `${issuer}/login/oauth`,
        authorization_endpoint: `${issuer}/login/oauth/authorize`,
        token_endpoint: `${issuer}/login/oauth/access_token`,
      },
      clientId,
      clientSecret,
      client.ClientSecretPost(clientSecret),
    );
    configuration.timeout = PROVIDER_TIMEOUT_S;
    if (issuer.startsWith('http:')) client.allowInsecureRequests(configuration);
    return configuration;
  }
}

/** The public one has its API under a name of its own, an installation of one's own under a path. */
const apiOf = ({ issuer }: GithubProvider): string =>
  issuer === 'https://github.com' ? 'https://api.github.com' : `${issuer}/api/v3`;
