import type { Project, Quota } from '@bailiwick/contract';

export const PROJECT_FIELDS = [
  'name',
  'description',
  'tags',
  'defaultRole',
  'containers',
  'cpus',
  'memory',
  'disk',
] as const;
type Values = Record<(typeof PROJECT_FIELDS)[number], string>;

const GIB = 1024 ** 3;
const MOST = 100_000;

const isWhole = (text: string): boolean => text === '' || (/^\d+$/.test(text) && Number(text) <= MOST);
/** Empty, or a number; a comma is what many write where others write a dot. */
const isAmount = (text: string): boolean =>
  text === '' || (/^\d+([.,]\d+)?$/.test(text) && Number(text.replace(',', '.')) <= MOST);

export const toTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];
const areTags = (text: string): boolean => {
  const tags = toTags(text);
  return tags.length <= 20 && tags.every((tag) => tag.length <= 32);
};

export const PROJECT_RULES: Record<keyof Values, (text: string) => boolean> = {
  name: (text) => text.trim().length >= 2 && text.trim().length <= 96,
  description: (text) => text.trim().length <= 300,
  tags: areTags,
  defaultRole: () => true,
  containers: isWhole,
  cpus: isAmount,
  memory: isAmount,
  disk: isAmount,
};

export const toValues = ({ name, description, tags, defaultRole, quota }: Project): Values => ({
  name,
  description,
  tags: tags.join(', '),
  defaultRole,
  containers: quota.containers === null ? '' : String(quota.containers),
  cpus: quota.cpus === null ? '' : String(quota.cpus),
  memory: toGib(quota.memoryBytes),
  disk: toGib(quota.diskBytes),
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
