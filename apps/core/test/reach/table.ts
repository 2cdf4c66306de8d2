import { REACHERS } from './cast.js';

/** A row of a table of who reaches what. */
export interface Line {
  readonly route: string;
  /** One a column, in the order of `REACHERS`. */
  readonly cells: readonly string[];
}

/** Two words name a route, the rest are its cells; what begins with # explains. */
export const readTable = (table: string): Line[] =>
  table
    .split('\n')
    .filter((text) => text !== '' && !text.startsWith('#'))
    .map((text) => {
      const [method = '', route = '', ...cells] = text.trim().split(/ +/);
      return { route: `${method} ${route}`, cells };
    });

/** A line a column, so that a difference says whose it is. */
export const toText = (cells: readonly string[]): string => REACHERS.map((who, at) => `${who} ${cells[at]}`).join('\n');
