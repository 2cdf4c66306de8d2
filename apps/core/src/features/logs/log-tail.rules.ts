/** One row as readers get it: its JSON, made once for all of them. `cursor` is null for what is not a line. */
export interface TailRow {
  readonly json: string;
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
  /** The cursor of the last line handed out; null when there was none. */
  readonly cursor: string | null;
}

const ROW_COST = 128;
const MAX_ROWS = 20_000;

interface Kept extends TailRow {
  readonly bytes: number;
  readonly place: TailPlace;
}

/** The newest rows of one container's log, shared by everyone who follows it; bounded in bytes and in rows. */
export class LogTail {
  private kept: Kept[] = [];
  private start = 0;
  private bytes = 0;
  private end: TailPlace = { row: 0, line: 0 };
  private readonly places = new Map<string, TailPlace>();

  /** `origin` is the line right before the first row; null for the very beginning of the log. */
  constructor(
    private origin: string | null,
    public limitBytes: number,
  ) {}

  append({ json, cursor }: TailRow): void {
    const bytes = Buffer.byteLength(json);
    this.kept.push({ json, cursor, bytes, place: this.end });
    this.bytes += bytes + ROW_COST;
    this.end = { row: this.end.row + 1, line: this.end.line + (cursor === null ? 0 : 1) };
    if (cursor !== null) this.places.set(cursor, this.end);
    while (this.bytes > this.limitBytes || this.kept.length - this.start > MAX_ROWS) {
      if (this.kept.length - this.start <= 1) return;
      this.drop();
    }
  }

  /** Right after that line; undefined when the tail does not hold it (any more, or yet). */
  placeAfter(cursor: string | null): TailPlace | undefined {
    if (cursor === this.origin) return this.first;
    return cursor === null ? undefined : this.places.get(cursor);
  }

  /** The last `count` lines; undefined when fewer are held and older ones may exist. */
  placeOfLast(count: number): TailPlace | undefined {
    const wanted = this.end.line - count;
    if (wanted < this.first.line) return this.origin === null ? this.first : undefined;
    for (let at = this.kept.length - 1; at >= this.start; at -= 1) {
      const { place } = this.at(at);
      if (place.line === wanted && this.at(at).cursor !== null) return place;
    }
    return this.end;
  }

  get last(): TailPlace {
    return this.end;
  }

  get isEmpty(): boolean {
    return this.kept.length === this.start;
  }

  /** The rows from `place` on, at least one if there is any, then as many as fit. */
  take(place: TailPlace, maxBytes: number): TailPortion {
    const first = this.first;
    const from = place.row < first.row ? first : place;
    const rows: string[] = [];
    let bytes = 0;
    let cursor: string | null = null;
    let next = from;
    for (let at = this.start + from.row - first.row; at < this.kept.length; at += 1) {
      const row = this.at(at);
      if (rows.length > 0 && bytes + row.bytes + 1 > maxBytes) break;
      rows.push(row.json);
      bytes += row.bytes + 1;
      cursor = row.cursor ?? cursor;
      next = { row: row.place.row + 1, line: row.place.line + (row.cursor === null ? 0 : 1) };
    }
    return { rows, bytes, missed: from.line - Math.min(place.line, from.line), next, cursor };
  }

  private get first(): TailPlace {
    return this.kept[this.start]?.place ?? this.end;
  }

  private at(index: number): Kept {
    const row = this.kept[index];
    if (!row) throw new Error(`The tail holds no row ${index}.`);
    return row;
  }

  private drop(): void {
    const { cursor, bytes } = this.at(this.start);
    this.start += 1;
    this.bytes -= bytes + ROW_COST;
    if (cursor !== null) {
      this.places.delete(cursor);
      this.origin = cursor;
    }
    if (this.start < 1024 || this.start * 2 < this.kept.length) return;
    this.kept = this.kept.slice(this.start);
    this.start = 0;
  }
}
