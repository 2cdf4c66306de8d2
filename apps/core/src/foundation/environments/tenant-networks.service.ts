import { Inject, Injectable } from '@nestjs/common';
import type { EnvironmentId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { conflict } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { EnvironmentsService } from './environments.service.js';
import { type LabelledNetwork, NetworkLabels } from './network-labels.js';
import { freePiece } from './network-plan.rules.js';

/** A network of its own for each tenant, at addresses of our choice: an engine's own would last for about thirty. */
@Injectable()
export class TenantNetworksService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly environments: EnvironmentsService,
    private readonly labels: NetworkLabels,
  ) {}

  /** It stays as long as its tenant; safe to repeat, and together with others. */
  async ensure(
    environmentId: EnvironmentId,
    network: LabelledNetwork,
    extraLabels: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.environments.engineOf(environmentId).ensureNetwork(
      {
        name: network.name,
        labels: { ...extraLabels, ...this.labels.of(network) },
        isOurs: (labels) => this.labels.proves(labels, network),
        place: (taken) => this.place(taken),
      },
      signal,
    );
  }

  private place(taken: readonly string[]): string {
    const { BAILIWICK_NETWORK_POOL: pools, BAILIWICK_NETWORK_BITS: bits } = this.config;
    const found = freePiece(pools, bits, taken);
    if (found !== undefined) return found;
    throw conflict('networks_exhausted', `No network of /${bits} is free any more in ${pools.join(', ')}.`, {
      hint: 'Free one of them, or name a wider BAILIWICK_NETWORK_POOL.',
      params: { pool: pools.join(', '), bits },
    });
  }
}
