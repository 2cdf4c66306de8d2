import type { ExternalPerson } from './external-person.rules.js';

/** What has to be kept between sending somebody away and their coming back. */
export interface ProviderQuestion {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** One way of asking somebody else who a person is. */
export interface ProviderDriver<Provider> {
  /** Where the browser has to go. */
  begin(provider: Provider, callback: string): Promise<{ url: URL; question: ProviderQuestion }>;
  /** Who came back; `address` is the whole address they came back to. */
  finish(provider: Provider, address: URL, question: ProviderQuestion): Promise<ExternalPerson>;
}
