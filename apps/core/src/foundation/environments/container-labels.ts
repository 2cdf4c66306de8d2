import { Injectable } from '@nestjs/common';
import { ContainerId, OperationId, TenantId } from '@bailiwick/contract';
import { SecretKey } from '../../kernel/secret-key.js';

const LABEL = {
  id: 'bailiwick.id',
  operation: 'bailiwick.op',
  tenant: 'bailiwick.tenant',
  preset: 'bailiwick.preset',
  signature: 'bailiwick.sig',
} as const;

export interface LabelledContainer {
  readonly containerId: ContainerId;
  readonly operationId: OperationId;
  readonly tenantId: TenantId;
  /** The engine name it was created under. */
  readonly name: string;
  readonly preset: string | null;
}

/** The labels a container of ours carries. They help recovery only: a bare label proves nothing, the signature does. */
@Injectable()
export class ContainerLabels {
  constructor(private readonly key: SecretKey) {}

  of(container: LabelledContainer): Record<string, string> {
    return {
      [LABEL.id]: container.containerId,
      [LABEL.operation]: container.operationId,
      [LABEL.tenant]: container.tenantId,
      [LABEL.preset]: container.preset ?? '',
      [LABEL.signature]: this.key.sign('container-labels', signedText(container)),
    };
  }

  /** The panel id these labels claim; only a claim until `proves` agrees. */
  claimedId(labels: Readonly<Record<string, string>>): ContainerId | undefined {
    return ContainerId.safeParse(labels[LABEL.id]).data;
  }

  /** Whether we wrote these labels for this very container; its tenant may be another one by now. */
  proves(
    labels: Readonly<Record<string, string>>,
    container: Omit<LabelledContainer, 'operationId' | 'tenantId'>,
  ): boolean {
    const operationId = OperationId.safeParse(labels[LABEL.operation]).data;
    const tenantId = TenantId.safeParse(labels[LABEL.tenant]).data;
    const signature = labels[LABEL.signature];
    if (!operationId || !tenantId || !signature || labels[LABEL.id] !== container.containerId) return false;
    return this.key.verify('container-labels', signedText({ ...container, operationId, tenantId }), signature);
  }
}

const signedText = ({ containerId, operationId, tenantId, name, preset }: LabelledContainer): string =>
  JSON.stringify([containerId, operationId, tenantId, name, preset]);
