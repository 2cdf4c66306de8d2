import { Injectable } from '@nestjs/common';
import { isNamedLikeSecret } from '@bailiwick/contract';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { ContainersService } from '../containers/containers.service.js';
import { confidencesIn, namesOfConfidences } from './confidences.rules.js';
import { ConfigurationBook } from './configuration-book.service.js';

/** What a container was told in confidence: what its programs say is kept without it. */
@Injectable()
export class ConfidencesService {
  constructor(
    private readonly book: ConfigurationBook,
    private readonly containers: ContainersService,
  ) {}

  /** What it was told when it was made is sealed, all of it; of what was made elsewhere only what is named like a secret. */
  async of(seen: SeenContainer): Promise<string[]> {
    const applied = await this.book.findApplied(seen.id);
    return confidencesIn([...Object.values(applied?.env ?? {}), ...Object.values(await this.secrets(seen))]);
  }

  /** What is named like a secret, with its name: a log stays readable where its other variables are common words. */
  async named(seen: SeenContainer): Promise<ReadonlyMap<string, string>> {
    return namesOfConfidences(await this.secrets(seen));
  }

  private async secrets(seen: SeenContainer): Promise<Record<string, string>> {
    const { env } = await this.containers.inspection(seen);
    const named = env.flatMap((text): Array<[string, string]> => {
      const [name = ''] = text.split('=', 1);
      return isNamedLikeSecret(name) ? [[name, text.slice(name.length + 1)]] : [];
    });
    return Object.fromEntries(named);
  }
}
