import { type Slot, TIERS } from './tiers.rules.js';

const MAGIC = 0x42574d31;
export const HEADER_BYTES = 8;
const STEP_BYTES = 4;
const FLOAT_BYTES = 4;

/** Its kind and how many measures a slot has. */
export function toHeader(measures: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC);
  header.writeUInt32LE(measures, 4);
  return header;
}

export const isHeaderOf = (header: Buffer, measures: number): boolean => header.equals(toHeader(measures));

/** The step stands at both ends: what was torn when the power went says so. */
export const slotBytes = (measures: number): number => 2 * STEP_BYTES + 3 * measures * FLOAT_BYTES;

export function tierOffset(tier: number, measures: number): number {
  const before = TIERS.slice(0, tier).reduce((all, { slots }) => all + slots, 0);
  return HEADER_BYTES + before * slotBytes(measures);
}

export const slotOffset = (tier: number, step: number, measures: number): number =>
  tierOffset(tier, measures) + (step % (TIERS[tier]?.slots ?? 1)) * slotBytes(measures);

export function toBytes({ step, min, avg, max }: Slot): Buffer {
  const measures = avg.length;
  const bytes = Buffer.alloc(slotBytes(measures));
  bytes.writeUInt32LE(step);
  [...min, ...avg, ...max].forEach((value, n) => bytes.writeFloatLE(value ?? NaN, STEP_BYTES + n * FLOAT_BYTES));
  bytes.writeUInt32LE(step, bytes.length - STEP_BYTES);
  return bytes;
}

/** Those of the slots that were written whole and belong to these steps; what was never written is all zeros. */
export function toSlots(bytes: Buffer, measures: number, firstStep: number, lastStep: number): Slot[] {
  const size = slotBytes(measures);
  const found: Slot[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) {
    const step = bytes.readUInt32LE(at);
    if (step === 0 || step < firstStep || step > lastStep || bytes.readUInt32LE(at + size - STEP_BYTES) !== step)
      continue;
    const values = Array.from({ length: 3 * measures }, (_, n) => {
      const value = bytes.readFloatLE(at + STEP_BYTES + n * FLOAT_BYTES);
      return Number.isNaN(value) ? null : value;
    });
    found.push({
      step,
      min: values.slice(0, measures),
      avg: values.slice(measures, 2 * measures),
      max: values.slice(2 * measures),
    });
  }
  return found;
}
