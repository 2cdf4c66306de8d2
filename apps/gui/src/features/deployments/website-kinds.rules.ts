import type { CatalogueEntry } from '@bailiwick/contract';

/** What one may deploy as a website, what is offered first at the top. */
export function websitesIn(entries: readonly CatalogueEntry[]): Array<{ name: string; label: string }> {
  const found = entries.flatMap((entry) => {
    if (entry.state !== 'ready' || entry.archivedAt !== null) return [];
    const { name, website } = entry.preset;
    const mayDeploy = entry.rights.can.includes('containers.create');
    return website && mayDeploy ? [{ name, label: website.label, preferred: website.preferred }] : [];
  });
  return found
    .sort((one, other) => Number(other.preferred) - Number(one.preferred) || one.label.localeCompare(other.label))
    .map(({ name, label }) => ({ name, label }));
}
