export const isTenantSlug = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(text);
export const isTenantName = (text: string): boolean => text.trim().length >= 1 && text.trim().length <= 80;

/** What the short name would be of a name somebody types; empty where nothing of it can be used. */
export function toSlug(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}
