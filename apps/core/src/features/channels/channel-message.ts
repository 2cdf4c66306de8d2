import type { Notice } from './notices.rules.js';

/** What goes out at once: one thing to tell, a digest of many, or a test with none. */
export interface Message {
  /** The same each time it is tried. */
  readonly id: string;
  readonly atMs: number;
  readonly notices: readonly Notice[];
  /** How much was given up before it. */
  readonly lost: number;
  /** Where the panel is, without a slash at its end. */
  readonly panelUrl: string;
}
