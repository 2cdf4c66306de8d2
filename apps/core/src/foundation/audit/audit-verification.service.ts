import { Injectable } from '@nestjs/common';
import { BEFORE_FIRST, type ChainFault, faultsOf, positionOf } from './audit-chain.rules.js';
import { AuditEventsStore } from './audit-events.store.js';

const BATCH = 1_000;
const ENOUGH_FAULTS = 100;

export interface AuditVerification {
  readonly rows: number;
  /** The first hundred. */
  readonly faults: readonly ChainFault[];
}

/** Walks the whole chain. */
@Injectable()
export class AuditVerificationService {
  constructor(private readonly events: AuditEventsStore) {}

  async verify(): Promise<AuditVerification> {
    const faults: ChainFault[] = [];
    let at = BEFORE_FIRST;
    let rows = 0;
    for (;;) {
      const batch = await this.events.after(at.seq, BATCH);
      for (const row of batch) {
        faults.push(...faultsOf(row, at));
        at = positionOf(row);
      }
      rows += batch.length;
      if (batch.length < BATCH || faults.length >= ENOUGH_FAULTS)
        return { rows, faults: faults.slice(0, ENOUGH_FAULTS) };
    }
  }
}
