const HEADER_BYTES = 8;
const STDERR = 2;
/** Past this many times what is kept, nobody goes on listening. */
const FLOOD = 16;

/** A piece of one of the two streams of a program. */
export interface OutputPiece {
  readonly isError: boolean;
  readonly bytes: Buffer;
}

/** Takes an engine's frames apart, wherever they are cut; holds back no more than a header. */
export class Frames {
  private header: Buffer = Buffer.alloc(0);
  private leftBytes = 0;
  private isError = false;

  push(chunk: Buffer): OutputPiece[] {
    const pieces: OutputPiece[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.leftBytes === 0) {
        const taken = chunk.subarray(at, at + HEADER_BYTES - this.header.length);
        this.header = Buffer.concat([this.header, taken]);
        at += taken.length;
        if (this.header.length === HEADER_BYTES) this.begin();
      } else {
        const bytes = chunk.subarray(at, at + this.leftBytes);
        pieces.push({ isError: this.isError, bytes });
        this.leftBytes -= bytes.length;
        at += bytes.length;
      }
    }
    return pieces;
  }

  private begin(): void {
    this.isError = this.header.readUInt8(0) === STDERR;
    this.leftBytes = this.header.readUInt32BE(4);
    this.header = Buffer.alloc(0);
  }
}

/** What a program in a container said, out of frames that may be cut anywhere; keeps the beginning of each stream. */
export class RunOutput {
  private readonly frames = new Frames();
  private heardBytes = 0;
  private readonly stdoutParts = new KeptParts(this.maxBytes);
  private readonly stderrParts = new KeptParts(this.maxBytes);

  constructor(private readonly maxBytes: number) {}

  get stdout(): Buffer {
    return this.stdoutParts.whole();
  }

  get stderr(): Buffer {
    return this.stderrParts.whole();
  }

  get truncated(): boolean {
    return this.stdoutParts.isCut || this.stderrParts.isCut;
  }

  /** It says far more than anybody keeps. */
  get isFlood(): boolean {
    return this.heardBytes > FLOOD * this.maxBytes;
  }

  push(chunk: Buffer): void {
    this.heardBytes += chunk.length;
    for (const { isError, bytes } of this.frames.push(chunk))
      (isError ? this.stderrParts : this.stdoutParts).add(bytes);
  }
}

class KeptParts {
  isCut = false;
  private readonly parts: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  add(part: Buffer): void {
    const kept = part.subarray(0, this.maxBytes - this.bytes);
    if (kept.length < part.length) this.isCut = true;
    if (kept.length === 0) return;
    this.parts.push(kept);
    this.bytes += kept.length;
  }

  whole(): Buffer {
    return Buffer.concat(this.parts);
  }
}

const NOT_STARTED = new Set([126, 127]);
const NO_SUCH_PROGRAM = /^OCI runtime exec failed: .*(?:executable file not found|no such file or directory)/;

const NO_SUCH_FOLDER = /^OCI runtime exec failed: .*chdir to cwd /;

export interface Complaint {
  readonly missing: 'program' | 'folder';
  readonly text: string;
}

/** The engine's own complaint, which it writes into the output, when it did not start a program, and what was missing. */
export function complaintOf(exitCode: number | null, { stdout, stderr }: RunOutput): Complaint | undefined {
  if (exitCode === null || !NOT_STARTED.has(exitCode)) return undefined;
  for (const bytes of [stdout, stderr]) {
    const complaint = complaintIn(bytes.toString('utf8').trim());
    if (complaint) return complaint;
  }
  return undefined;
}

/** What the engine misses, in its own words. */
export function complaintIn(text: string): Complaint | undefined {
  if (NO_SUCH_FOLDER.test(text)) return { missing: 'folder', text };
  return NO_SUCH_PROGRAM.test(text) ? { missing: 'program', text } : undefined;
}
