import type { ImageSource } from './image-source.rules.ts';

const KEY = 'bw_deploy_image';
let seen: { text: string; source: ImageSource } | null = null;

/** What was chosen in this tab; the same object as long as it is the same, and without the variables. */
export function findImageDraft(): ImageSource | null {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return null;
  if (seen?.text !== text) seen = { text, source: read(text) };
  return seen.source;
}

export function keepImageDraft({ form, kept }: ImageSource): void {
  const { env: _secret, ...options } = kept.options ?? {};
  sessionStorage.setItem(KEY, JSON.stringify({ form, kept: { ...kept, options } } satisfies ImageSource));
}

/** Written by `keepImageDraft` of this very page. */
const read = (text: string): ImageSource => JSON.parse(text) as ImageSource;
