import type { Container } from './containers.ts';

/** What a search looks at. */
export type Searchable = Pick<Container, 'id' | 'name' | 'image' | 'stack' | 'ports'>;

/**
 * The search of every list of containers, in core and panel alike: each word of the text stands somewhere in name,
 * image, stack or ports (`:49200` finds the host port), or is the beginning of the id. An id is random, so a part of
 * it from the middle finds nothing: two letters would find strangers.
 */
export function toContainerSearch(text: string): (container: Searchable) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (container) => {
    if (words.length === 0) return true;
    const shown = textOf(container);
    return words.every((word) => shown.includes(word) || (word.startsWith('ct_') && container.id.startsWith(word)));
  };
}

function textOf({ name, image, stack, ports }: Searchable): string {
  const numbers = ports.map(
    ({ hostPort, containerPort, protocol }) => `:${hostPort}:${containerPort}/${protocol} :${containerPort}`,
  );
  return [name, image, stack ?? '', ...numbers].join('\n').toLowerCase();
}
