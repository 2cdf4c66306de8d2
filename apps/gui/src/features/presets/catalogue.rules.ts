import type { CatalogueEntry, Preset } from '@bailiwick/contract';

/** A preset that can be read, and what the person who looks may do with it. */
export type Offer = Extract<CatalogueEntry, { state: 'ready' }>;
export type Category = Preset['categories'][number];
export const CATEGORIES: readonly Category[] = ['web', 'database', 'cache', 'game', 'media', 'runtime', 'tool'];

export interface CatalogueView {
  q: string;
  category: Category | null;
}

export function readCatalogueView(parameters: Record<string, string | string[] | undefined>): CatalogueView {
  const { q, category } = parameters;
  return {
    q: typeof q === 'string' ? q.slice(0, 200) : '',
    category: CATEGORIES.find((known) => known === category) ?? null,
  };
}

export function writeCatalogueView({ q, category }: CatalogueView): string {
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (category !== null) query.set('category', category);
  return query.size === 0 ? '/catalogue' : `/catalogue?${query}`;
}

/** Ready presets in the order of their titles. */
export function findPresets(entries: readonly CatalogueEntry[], { q, category }: CatalogueView): Offer[] {
  const words = q.trim().toLowerCase().split(/\s+/);
  return entries
    .filter((entry): entry is Offer => entry.state === 'ready')
    .filter(({ preset }) => category === null || preset.categories.includes(category))
    .filter(({ preset }) => words.every((word) => textOf(preset).includes(word)))
    .sort((a, b) => a.preset.title.localeCompare(b.preset.title, 'en', { sensitivity: 'base' }));
}

/** What they may deploy of it, in the same order. */
export const deployableIn = (entries: readonly CatalogueEntry[]): Preset[] =>
  findPresets(entries, { q: '', category: null })
    .filter(({ rights }) => rights.can.includes('containers.create'))
    .map(({ preset }) => preset);

/** Only categories that lead somewhere. */
export function categoriesIn(entries: readonly CatalogueEntry[]): Category[] {
  const used = new Set(entries.flatMap((entry) => (entry.state === 'ready' ? entry.preset.categories : [])));
  return CATEGORIES.filter((category) => used.has(category));
}

export type BrokenEntry = Extract<CatalogueEntry, { state: 'broken' }>;
export function brokenIn(entries: readonly CatalogueEntry[]): BrokenEntry[] {
  return entries.flatMap((entry) => (entry.state === 'broken' ? [entry] : []));
}

const textOf = ({ name, title, description, config }: Preset): string =>
  [name, title, description, config.image].join('\n').toLowerCase();
