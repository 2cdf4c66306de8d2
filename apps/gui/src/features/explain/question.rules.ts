import type { Capability } from '@bailiwick/contract';

/** What the address of the page asks. */
export interface Asked {
  readonly who: string;
  readonly what: string;
  readonly can: Capability | null;
}

type Parameters = Record<string, string | string[] | undefined>;

/** Whoever reads is meant where nobody is named; a right that is not offered is none. */
export function readAsked(parameters: Parameters, me: string, offered: readonly Capability[]): Asked {
  const text = (name: string): string => {
    const value = parameters[name];
    return typeof value === 'string' ? value.slice(0, 300) : '';
  };
  return {
    who: text('who') === '' ? me : text('who'),
    what: text('what'),
    can: offered.find((capability) => capability === text('can')) ?? null,
  };
}

export function writeAsked({ who, what, can }: Asked, me: string): string {
  const query = new URLSearchParams();
  if (who !== me) query.set('who', who);
  if (what !== '') query.set('what', what);
  if (can !== null) query.set('can', can);
  return query.size === 0 ? '/access/explain' : `/access/explain?${query}`;
}

export interface Option {
  readonly id: string;
  readonly name: string;
}

/** What can be chosen, with what the address names although it is not among them. */
export const withAsked = (options: readonly Option[], id: string): readonly Option[] =>
  id === '' || options.some((option) => option.id === id) ? options : [...options, { id, name: id }];
