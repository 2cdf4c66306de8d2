import { Inject, Injectable } from '@nestjs/common';
import type { SignInProviderList } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { notFound } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { SignInProvider } from '../../sign-in-providers.js';
import type { ExternalPerson } from './external-person.rules.js';
import { GithubDriver } from './github.driver.js';
import { OidcDriver } from './oidc.driver.js';
import type { ProviderQuestion } from './provider-answer.js';

/** Where else people can prove who they are, as the settings say. */
@Injectable()
export class ProvidersService {
  constructor(
    private readonly oidc: OidcDriver,
    private readonly github: GithubDriver,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(): SignInProviderList {
    return { items: this.config.signInProviders.map(({ id, kind, label }) => ({ id, kind, label })) };
  }

  get(id: string): SignInProvider {
    const provider = this.config.signInProviders.find((each) => each.id === id);
    if (!provider) throw notFound('sign-in provider', id);
    return provider;
  }

  begin(provider: SignInProvider): Promise<{ url: URL; question: ProviderQuestion }> {
    const callback = this.callbackOf(provider);
    return provider.kind === 'github' ? this.github.begin(provider, callback) : this.oidc.begin(provider, callback);
  }

  /** `query` is what the provider sent the browser back with. */
  finish(provider: SignInProvider, query: string, question: ProviderQuestion): Promise<ExternalPerson> {
    const address = new URL(`${this.callbackOf(provider)}?${query}`);
    return provider.kind === 'github'
      ? this.github.finish(provider, address, question)
      : this.oidc.finish(provider, address, question);
  }

  /** Known to the provider beforehand, so it is the public address whatever name the panel is open under. */
  private callbackOf({ id }: SignInProvider): string {
    return new URL(`/api/v1/sign-in/providers/${id}/callback`, this.config.BAILIWICK_PUBLIC_URL).href;
  }
}
