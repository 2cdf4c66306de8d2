import { readFileSync } from 'node:fs';
import path from 'node:path';

const PAPER = path.resolve(import.meta.dirname, '../../docs/PLUGIN_API.md');

/** The first block of a language in the paper for authors. */
export function blockOf(language: string): string {
  const found = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readFileSync(PAPER, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`The paper has no block of ${language}.`);
  return found;
}
