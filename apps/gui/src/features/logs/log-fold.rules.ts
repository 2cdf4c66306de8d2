/** So soon after the line before it is a line its continuation; a program that writes a trace writes it at once. */
const WITHIN_MS = 50;
/** Lines of other logs and of the other stream may stand between two lines that belong together; more are not looked through. */
const MOST_BETWEEN = 64;

/** What folding needs to know of the rows of a log. */
export interface FoldedRows {
  readonly first: number;
  readonly end: number;
  /** It looks like it goes on with what the line before began, and states no level of its own. */
  goesOn: (seq: number) => boolean;
  /** Which log and stream it is of; null for what is no line. */
  originOf: (seq: number) => number | null;
  timeAt: (seq: number) => number;
}

/** The next line of the same log and stream, if it was written at nearly the same time. */
function neighbour(rows: FoldedRows, seq: number, direction: 1 | -1): number | undefined {
  const origin = rows.originOf(seq);
  if (origin === null) return undefined;
  for (let step = 1; step <= MOST_BETWEEN; step += 1) {
    const other = seq + step * direction;
    if (other < rows.first || other >= rows.end) return undefined;
    if (rows.originOf(other) === origin)
      return Math.abs(rows.timeAt(other) - rows.timeAt(seq)) < WITHIN_MS ? other : undefined;
  }
  return undefined;
}

/** Finds the lines that began what others go on with; asked for rows in their order it goes through no trace twice. */
export class FoldHeads {
  private readonly last = new Map<number, { seq: number; head: number }>();

  constructor(private readonly rows: FoldedRows) {}

  /** Undefined for a line that stands for itself. */
  of(seq: number): number | undefined {
    const before = lineBefore(this.rows, seq);
    const origin = this.rows.originOf(seq);
    if (before === undefined || origin === null) return undefined;
    const known = this.last.get(origin);
    const head = known?.seq === before ? known.head : this.search(before);
    this.last.set(origin, { seq, head });
    return head;
  }

  /** Rows came, went, or got other numbers. */
  forget(): void {
    this.last.clear();
  }

  private search(from: number): number {
    let head = from;
    for (let at = lineBefore(this.rows, head); at !== undefined; at = lineBefore(this.rows, head)) head = at;
    return head;
  }
}

/** The line that a line goes on with. */
const lineBefore = (rows: FoldedRows, seq: number): number | undefined =>
  rows.goesOn(seq) ? neighbour(rows, seq, -1) : undefined;

/** The lines that go on with what a line began. */
export function linesUnder(rows: FoldedRows, head: number): number[] {
  const under: number[] = [];
  if (lineBefore(rows, head) !== undefined) return under;
  let next = neighbour(rows, head, 1);
  while (next !== undefined && rows.goesOn(next)) {
    under.push(next);
    next = neighbour(rows, next, 1);
  }
  return under;
}
