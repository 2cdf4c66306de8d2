import { Injectable } from '@nestjs/common';
import { isNamedLikeSecret } from '@bailiwick/contract';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { ContainersService } from '../containers/containers.service.js';
import { confidencesIn } from './confidences.rules.js';
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
    const { env } = await this.containers.inspection(seen);
    const named = env.flatMap((text) => {
      const [name = ''] = text.split('=', 1);
      return isNamedLikeSecret(name) ? [text.slice(name.length + 1)] : [];
    });
    return confidencesIn([...Object.values(applied?.env ?? {}), ...named]);
  }
}
