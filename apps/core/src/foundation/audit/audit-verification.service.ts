import { Injectable } from '@nestjs/common';
import { AuditAnchor } from './audit-anchor.js';
import { anchorFaults, BEFORE_FIRST, type ChainFault, faultsOf, positionOf } from './audit-chain.rules.js';
import { AuditEventsStore } from './audit-events.store.js';

const BATCH = 1_000;
const ENOUGH_FAULTS = 100;

export interface AuditVerification {
  readonly rows: number;
  /** The first hundred. */
  readonly faults: readonly ChainFault[];
}

/** Walks the whole chain, up to where the anchor says it had come. */
@Injectable()
export class AuditVerificationService {
  constructor(
    private readonly events: AuditEventsStore,
    private readonly anchor: AuditAnchor,
  ) {}

  async verify(): Promise<AuditVerification> {
    const anchor = await this.anchor.find();
    const faults: ChainFault[] = [];
    let at = BEFORE_FIRST;
    let rows = 0;
    for (;;) {
      const batch = await this.events.after(at.seq, BATCH);
      for (const row of batch) {
        faults.push(...faultsOf(row, at));
        at = positionOf(row);
        if (anchor?.seq === at.seq && anchor.hash !== at.hash && faults.at(-1)?.seq !== at.seq)
          faults.push({ seq: at.seq, id: row.id, kind: 'changed' });
      }
      rows += batch.length;
      if (batch.length === BATCH && faults.length < ENOUGH_FAULTS) continue;
      if (batch.length < BATCH) faults.push(...anchorFaults(anchor, at));
      return { rows, faults: faults.slice(0, ENOUGH_FAULTS) };
    }
  }
}
