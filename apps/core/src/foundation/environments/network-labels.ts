import { Injectable } from '@nestjs/common';
import { TenantId } from '@bailiwick/contract';
import { SecretKey } from '../../kernel/secret-key.js';
import type { EngineNetwork } from './engine.js';

const LABEL = { tenant: 'bailiwick.tenant', signature: 'bailiwick.sig' } as const;

export interface LabelledNetwork {
  readonly name: string;
  readonly tenantId: TenantId;
}

/** The labels a tenant's network carries; only the signature proves that it is ours, and whose. */
@Injectable()
export class NetworkLabels {
  constructor(private readonly key: SecretKey) {}

  of(network: LabelledNetwork): Record<string, string> {
    return {
      [LABEL.tenant]: network.tenantId,
      [LABEL.signature]: this.key.sign('network-labels', signedText(network)),
    };
  }

  /** The network these labels prove to be ours; undefined for anybody else's. */
  find({ name, labels }: Pick<EngineNetwork, 'name' | 'labels'>): LabelledNetwork | undefined {
    const tenantId = TenantId.safeParse(labels[LABEL.tenant]).data;
    return tenantId && this.proves(labels, { name, tenantId }) ? { name, tenantId } : undefined;
  }

  proves(labels: Readonly<Record<string, string>>, network: LabelledNetwork): boolean {
    const signature = labels[LABEL.signature];
    return signature !== undefined && this.key.verify('network-labels', signedText(network), signature);
  }
}

const signedText = ({ name, tenantId }: LabelledNetwork): string => JSON.stringify([name, tenantId]);
