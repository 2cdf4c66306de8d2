/** One row as readers get it: its JSON, made once for all of them. `cursor` is null for what is not a line. */
export interface TailRow {
  readonly json: string;
  /** The same for who may read secrets, where it differs. */
  readonly plain: string | null;
  readonly cursor: string | null;
}

/** Where a reader of the tail stands: the row it gets next, and how many lines stood before that row. */
export interface TailPlace {
  readonly row: number;
  readonly line: number;
}

export interface TailPortion {
  readonly rows: readonly string[];
  readonly bytes: number;
  /** Lines that were let go before this reader came for them. */
  readonly missed: number;
  readonly next: TailPlace;
}

const ROW_COST = 128;
const MAX_ROWS = 20_000;

interface Kept extends TailRow {
  readonly bytes: number;
  /** Lines before this one. */
  readonly line: number;
}

/** The newest rows of one container's log, shared by everyone who follows it; bounded in bytes and in rows. */
export class LogTail {
  private kept: Kept[] = [];
  private start = 0;
  private bytes = 0;
  private rows = 0;
  private lines = 0;
  /** The row after a line, by the line's cursor. */
  private readonly rowAfter = new Map<string, number>();

  /** `origin` is the line right before the first row; null for the very beginning of the log. */
  constructor(
    private origin: string | null,
    public limitBytes: number,
  ) {}

  append({ json, plain, cursor }: TailRow): void {
    const bytes = Buffer.byteLength(json) + (plain === null ? 0 : Buffer.byteLength(plain));
    this.kept.push({ json, plain, cursor, bytes, line: this.lines });
    this.bytes += bytes + ROW_COST;
    this.rows += 1;
    if (cursor !== null) {
      this.lines += 1;
      this.rowAfter.set(cursor, this.rows);
    }
    while (this.bytes > this.limitBytes || this.count > MAX_ROWS) {
      if (this.count <= 1) return;
      this.drop();
    }
  }

  /** Right after that line; undefined when the tail does not hold it (any more, or yet). */
  placeAfter(cursor: string | null): TailPlace | undefined {
    if (cursor === this.origin) return this.first;
    const row = cursor === null ? undefined : this.rowAfter.get(cursor);
    return row === undefined ? undefined : this.placeOf(row);
  }

  /** The last `count` lines; undefined when fewer are held and older ones may exist. */
  placeOfLast(count: number): TailPlace | undefined {
    const wanted = this.lines - count;
    if (wanted < this.first.line) return this.origin === null ? this.first : undefined;
    for (let row = this.rows - 1; row >= this.first.row; row -= 1) {
      const { line, cursor } = this.at(row);
      if (line === wanted && cursor !== null) return { row, line };
    }
    return this.last;
  }

  get last(): TailPlace {
    return { row: this.rows, line: this.lines };
  }

  /** The rows from `place` on, at least one if there is any, then as many as fit. */
  take(place: TailPlace, maxBytes: number, secrets: boolean): TailPortion {
    const { first } = this;
    const from = place.row < first.row ? first : place;
    const rows: string[] = [];
    let bytes = 0;
    let next = from.row;
    for (; next < this.rows; next += 1) {
      const row = this.at(next);
      if (rows.length > 0 && bytes + row.bytes + 1 > maxBytes) break;
      rows.push(secrets ? (row.plain ?? row.json) : row.json);
      bytes += row.bytes + 1;
    }
    return { rows, bytes, missed: from.line - Math.min(place.line, from.line), next: this.placeOf(next) };
  }

  private get count(): number {
    return this.kept.length - this.start;
  }

  private get first(): TailPlace {
    return this.placeOf(this.rows - this.count);
  }

  private placeOf(row: number): TailPlace {
    return row >= this.rows ? this.last : { row, line: this.at(row).line };
  }

  private at(row: number): Kept {
    const kept = this.kept[this.kept.length - this.rows + row];
    if (!kept) throw new Error(`The tail holds no row ${row}.`);
    return kept;
  }

  private drop(): void {
    const { cursor, bytes } = this.at(this.rows - this.count);
    this.start += 1;
    this.bytes -= bytes + ROW_COST;
    if (cursor !== null) {
      this.rowAfter.delete(cursor);
      this.origin = cursor;
    }
    if (this.start < 1024 || this.start * 2 < this.kept.length) return;
    this.kept = this.kept.slice(this.start);
    this.start = 0;
  }
}
