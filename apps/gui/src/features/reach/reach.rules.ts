import type { Capability } from '@bailiwick/contract';

/** An address that explains one right of one person on one thing. */
export function explainPageAddress(question: { who: string; what: string; can: Capability }): string {
  return `/access/explain?${new URLSearchParams({ who: question.who, what: question.what, can: question.can })}`;
}

/** Every word somewhere in the name. */
export function findNamed<Item extends { name: string }>(items: readonly Item[], q: string): Item[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
