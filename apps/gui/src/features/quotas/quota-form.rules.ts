import type { Quota } from '@bailiwick/contract';

export const QUOTA_FIELDS = ['containers', 'cpus', 'memory', 'disk'] as const;
export type QuotaField = (typeof QUOTA_FIELDS)[number];
type Values = Record<QuotaField, string>;

const GIB = 1024 ** 3;
const MOST = 100_000;

const isWhole = (text: string): boolean => text === '' || (/^\d+$/.test(text) && Number(text) <= MOST);
/** Empty, or a number; a comma is what many write where others write a dot. */
const isAmount = (text: string): boolean =>
  text === '' || (/^\d+([.,]\d+)?$/.test(text) && Number(text.replace(',', '.')) <= MOST);

export const QUOTA_RULES: Record<QuotaField, (text: string) => boolean> = {
  containers: isWhole,
  cpus: isAmount,
  memory: isAmount,
  disk: isAmount,
};

export const toQuotaValues = ({ containers, cpus, memoryBytes, diskBytes }: Quota): Values => ({
  containers: containers === null ? '' : String(containers),
  cpus: cpus === null ? '' : String(cpus),
  memory: toGib(memoryBytes),
  disk: toGib(diskBytes),
});

/** What is empty is no limit. */
export const toQuota = ({ containers, cpus, memory, disk }: Values): Quota => ({
  containers: containers === '' ? null : Number(containers),
  cpus: toNumber(cpus),
  memoryBytes: toBytes(memory),
  diskBytes: toBytes(disk),
});

const toNumber = (text: string): number | null => (text === '' ? null : Number(text.replace(',', '.')));
const toBytes = (text: string): number | null => {
  const gib = toNumber(text);
  return gib === null ? null : Math.round(gib * GIB);
};
/** As few digits as say the same number of bytes. */
function toGib(bytes: number | null): string {
  if (bytes === null) return '';
  const short = [0, 1, 2, 3].map((digits) => (bytes / GIB).toFixed(digits)).find((text) => toBytes(text) === bytes);
  return short ?? String(bytes / GIB);
}
