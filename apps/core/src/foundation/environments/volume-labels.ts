import { Injectable } from '@nestjs/common';
import { OperationId, type TenantId, VolumeId } from '@bailiwick/contract';
import { SecretKey } from '../../kernel/secret-key.js';
import type { EngineVolume } from './engine.js';

const LABEL = {
  id: 'bailiwick.volume',
  operation: 'bailiwick.op',
  tenant: 'bailiwick.tenant',
  signature: 'bailiwick.sig',
} as const;

export interface LabelledVolume {
  readonly id: VolumeId;
  /** What the engine calls it. */
  readonly name: string;
  /** The deploy that made it. */
  readonly operationId: OperationId;
}

/** The labels a volume of ours carries; only the signature proves that it is. */
@Injectable()
export class VolumeLabels {
  constructor(private readonly key: SecretKey) {}

  of(volume: LabelledVolume, tenantId: TenantId): Record<string, string> {
    return {
      [LABEL.id]: volume.id,
      [LABEL.operation]: volume.operationId,
      [LABEL.tenant]: tenantId,
      [LABEL.signature]: this.key.sign('volume-labels', signedText(volume)),
    };
  }

  /** The volume these labels prove to be ours; undefined for anybody else's. */
  find({ name, labels }: Pick<EngineVolume, 'name' | 'labels'>): LabelledVolume | undefined {
    const id = VolumeId.safeParse(labels[LABEL.id]).data;
    const operationId = OperationId.safeParse(labels[LABEL.operation]).data;
    const claimed = id && operationId && { id, name, operationId };
    return claimed && this.proves(labels, claimed) ? claimed : undefined;
  }

  /** Whether we made this very volume. Its tenant is no part of it: who moves takes their data along. */
  proves(labels: Readonly<Record<string, string>>, volume: LabelledVolume): boolean {
    const signature = labels[LABEL.signature];
    return signature !== undefined && this.key.verify('volume-labels', signedText(volume), signature);
  }
}

const signedText = ({ id, name, operationId }: LabelledVolume): string => JSON.stringify([id, name, operationId]);
