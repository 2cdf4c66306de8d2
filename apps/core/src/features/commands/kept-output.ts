import { closeSync, constants, fstatSync, openSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { Redactor } from '../../kernel/redactor.js';
import { endOf, needsNew, type Piece, superfluous } from './kept-output.rules.js';

const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/** What one command says, written as it comes, without what is kept in confidence: its beginning and its end. */
export class KeptOutput {
  private readonly decoder = new StringDecoder('utf8');
  private readonly redactor: Redactor;
  private pieces: Piece[] = [];
  private file: number | undefined;

  /** The folder is there and empty. */
  constructor(
    private readonly folder: string,
    confidences: readonly string[],
  ) {
    this.redactor = new Redactor(confidences);
  }

  push(bytes: Buffer): void {
    this.write(this.redactor.push(this.decoder.write(bytes)));
  }

  /** Nothing more is written. */
  end(): void {
    try {
      this.write(this.redactor.push(this.decoder.end()) + this.redactor.end());
    } finally {
      this.close();
    }
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private write(text: string): void {
    if (text === '') return;
    const bytes = Buffer.from(text);
    if (this.file === undefined || needsNew(this.pieces, bytes.length)) this.begin();
    const { file } = this;
    const last = this.pieces.at(-1);
    if (file === undefined || !last) throw new Error('There is no piece to write to.');
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    this.pieces[this.pieces.length - 1] = { ...last, bytes: fstatSync(file).size };
  }

  private begin(): void {
    this.close();
    const from = endOf(this.pieces);
    this.file = openSync(path.join(this.folder, String(from)), FLAGS, 0o600);
    this.pieces.push({ from, bytes: 0 });
    const gone = new Set(superfluous(this.pieces));
    for (const piece of gone) unlinkSync(path.join(this.folder, String(piece.from)));
    this.pieces = this.pieces.filter((piece) => !gone.has(piece));
  }
}
