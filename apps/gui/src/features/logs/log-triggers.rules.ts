import { toPlainText } from './ansi.rules.ts';

/** The newest line a trigger was found in. */
export interface TriggerHit {
  /** Which of the triggers, in the order of the preset. */
  index: number;
  cursor: string;
  at: string;
}

/** Of a line: what is worth telling stands at its beginning. */
const LOOKED_AT = 300;
const MOST_REPEATS = 3;
const WITHIN_MS = 50;

/** Where more can repeat without end, a line of 300 characters may take longer than anybody waits. */
const isQuick = (pattern: string): boolean =>
  (pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/g, 'x').match(/[*+]|\{\d+,\}/g) ?? []).length <= MOST_REPEATS;

/** What the core takes for an expression another browser may not. */
function toExpression(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern);
  } catch {
    return null;
  }
}

/** Looks at each line once for what a preset finds worth telling; one that takes too long is looked for no more. */
export class TriggerWatch {
  private readonly expressions: (RegExp | null)[];
  private readonly hits = new Map<number, TriggerHit>();

  constructor(
    patterns: readonly string[],
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.expressions = patterns.map((pattern) => (isQuick(pattern) ? toExpression(pattern) : null));
  }

  /** The newest of each, the newest last. */
  get found(): TriggerHit[] {
    return [...this.hits.values()];
  }

  look({ text, cursor, at }: { text: string; cursor: string; at: string }): void {
    if (this.expressions.length === 0) return;
    const words = toPlainText(text.slice(0, LOOKED_AT));
    this.expressions.forEach((expression, index) => {
      if (!expression) return;
      const beganMs = this.nowMs();
      if (expression.test(words)) {
        this.hits.delete(index);
        this.hits.set(index, { index, cursor, at });
      }
      if (this.nowMs() - beganMs > WITHIN_MS) this.expressions[index] = null;
    });
  }
}
