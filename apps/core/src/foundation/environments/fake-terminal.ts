import { Duplex } from 'node:stream';
import type { EngineTerminal, TerminalMark, TerminalWish } from './engine.js';

const CTRL_C = '\u0003';
const HUNG_UP = 129;
const PROMPT = '$ ';

/**
 * A shell of a few words at a pretended terminal: `echo`, `stty size`, `whoami`, `pwd`, `flood <bytes>` and `exit <n>`.
 * What is typed is echoed, as a terminal does.
 */
export class FakeTerminal extends Duplex implements EngineTerminal {
  readonly stream = this;
  readonly mark: TerminalMark;
  code: number | null = null;
  private line = '';
  private columns: number;
  private rows: number;
  /** What nobody had room for yet. */
  private flood = 0;

  constructor(
    pid: number,
    private readonly wish: TerminalWish,
    private readonly onEnd: () => void,
  ) {
    super({ allowHalfOpen: false });
    this.mark = { execId: `exec${pid}`, pid, root: wish.root };
    this.columns = wish.columns;
    this.rows = wish.rows;
    this.push(PROMPT);
  }

  get argv(): readonly string[] {
    return this.wish.argv;
  }

  get runs(): boolean {
    return this.code === null;
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.columns = columns;
    this.rows = rows;
  }

  async exitCode(): Promise<number | null> {
    return this.code;
  }

  /** The program ends, and the connection with it. */
  finish(code: number): void {
    if (!this.runs) return;
    this.code = code;
    this.onEnd();
    if (!this.destroyed) this.push(null);
  }

  hangUp(): void {
    this.finish(HUNG_UP);
  }

  override _read(): void {
    while (this.flood > 0) {
      const bytes = Math.min(this.flood, 16 * 1024);
      this.flood -= bytes;
      if (!this.push(Buffer.alloc(bytes, 'x'))) return;
    }
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (const character of chunk.toString('utf8')) this.type(character);
    done();
  }

  private type(character: string): void {
    if (!this.runs) return;
    if (character === CTRL_C) {
      this.line = '';
      this.push(`^C\r\n${PROMPT}`);
    } else if (character === '\r' || character === '\n') {
      const line = this.line;
      this.line = '';
      this.push('\r\n');
      this.answer(line);
    } else {
      this.line += character;
      this.push(character);
    }
  }

  private answer(line: string): void {
    const [word = '', ...rest] = line.trim().split(' ');
    if (word === 'exit') return this.finish(Number(rest[0] ?? 0));
    if (word === 'flood') {
      this.flood = Number(rest[0]);
      this._read();
    }
    const said = this.saidTo(word, rest.join(' '));
    this.push(said === undefined ? PROMPT : `${said}\r\n${PROMPT}`);
  }

  private saidTo(word: string, rest: string): string | undefined {
    if (word === 'echo') return rest;
    if (word === 'stty') return `${this.rows} ${this.columns}`;
    if (word === 'whoami') return this.wish.root ? 'root' : 'app';
    if (word === 'pwd') return this.wish.workingDir ?? '/';
    return undefined;
  }
}
