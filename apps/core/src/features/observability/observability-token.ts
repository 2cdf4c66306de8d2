import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import { CONFIG } from '../../kernel/tokens.js';

export const TOKEN_HINT = 'Send the token of storage/keys/observability-token.';

/** What monitoring shows instead of a session; it opens nothing else in the core. */
@Injectable()
export class ObservabilityToken {
  private readonly token: Buffer;

  constructor(@Inject(CONFIG) { storageDir }: Config) {
    this.token = Buffer.from(readToken(storageDir));
  }

  /** `authorization`: as it was sent, in a header or in metadata. */
  isIn(authorization: string | undefined): boolean {
    const given = Buffer.from((authorization ?? '').replace(/^Bearer /, ''));
    return given.length === this.token.length && timingSafeEqual(given, this.token);
  }
}

function readToken(storageDir: string): string {
  const file = path.join(storageDir, 'keys', 'observability-token');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}
