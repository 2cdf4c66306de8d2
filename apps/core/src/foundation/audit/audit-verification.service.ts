import { Injectable } from '@nestjs/common';
import { AuditAnchor } from './audit-anchor.js';
import { AuditCheckpointsService } from './audit-checkpoints.service.js';
import {
  anchorFaults,
  BEFORE_FIRST,
  type ChainFault,
  type ChainPosition,
  faultsOf,
  positionOf,
} from './audit-chain.rules.js';
import { AuditEventsStore } from './audit-events.store.js';

const BATCH = 1_000;
const ENOUGH_FAULTS = 100;

export interface AuditVerification {
  readonly rows: number;
  /** The first hundred. */
  readonly faults: readonly ChainFault[];
}

/** Walks the whole chain, from where the checkpoint says it begins, up to where the anchor says it had come. */
@Injectable()
export class AuditVerificationService {
  constructor(
    private readonly events: AuditEventsStore,
    private readonly anchor: AuditAnchor,
    private readonly checkpoints: AuditCheckpointsService,
  ) {}

  async verify(): Promise<AuditVerification> {
    const anchor = await this.anchor.find();
    const faults: ChainFault[] = [];
    const beginning = await this.checkpoints.find();
    // A checkpoint nobody signed proves nothing, but what is left of the chain can still be walked.
    if (beginning && !beginning.genuine) faults.push({ seq: beginning.seq, id: null, kind: 'forged' });
    let at: ChainPosition = beginning?.genuine === false ? await this.beforeOldest() : (beginning ?? BEFORE_FIRST);
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

  private async beforeOldest(): Promise<ChainPosition> {
    const [oldest] = await this.events.after(0, 1);
    return oldest ? { seq: oldest.seq - 1, hash: oldest.previousHash } : BEFORE_FIRST;
  }
}
