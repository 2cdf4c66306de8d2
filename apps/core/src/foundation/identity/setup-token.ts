import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import { CONFIG } from '../../kernel/tokens.js';

/** The one-time token in `<storage>/keys/setup-token` (0600): who can read that file may become owner. */
@Injectable()
export class SetupToken {
  private readonly file: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.file = path.join(config.storageDir, 'keys', 'setup-token');
  }

  /** Keeps the one that waits; makes one where there is none. */
  ensure(): void {
    mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
    if (!existsSync(this.file)) writeFileSync(this.file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    chmodSync(this.file, 0o600);
  }

  matches(given: string): boolean {
    if (!existsSync(this.file)) return false;
    const expected = readFileSync(this.file, 'utf8').trim();
    return expected.length > 0 && timingSafeEqual(sha256(expected), sha256(given.trim()));
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
