import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

const MIN_BYTES = 32;

/** The installation's key. Every purpose gets its own derived key, so a token for one is worthless for another. */
export class SecretKey {
  private readonly derived = new Map<string, Buffer>();

  constructor(private readonly key: Buffer) {
    if (key.length < MIN_BYTES)
      throw new Error(`The secret key has ${key.length} bytes; it needs at least ${MIN_BYTES}.`);
  }

  /** Reads `<storage>/keys/secret-key` (mode 0400) and makes it on the first start. */
  static fromFile(storageDir: string): SecretKey {
    const folder = path.join(storageDir, 'keys');
    const file = path.join(folder, 'secret-key');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) writeOnce(file, randomBytes(48).toString('base64'));
    if (statSync(file).mode & 0o077) throw new Error(`${file} is readable by others. Run: chmod 400 ${file}`);
    return new SecretKey(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'));
  }

  static fromText(text: string): SecretKey {
    return new SecretKey(Buffer.from(text, 'utf8'));
  }

  /** HMAC-SHA256 in base64url. */
  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.for(purpose)).update(text).digest('base64url');
  }

  verify(purpose: string, text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(purpose, text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  /** AES-256-GCM; `owner` (a row id) is bound in, so a value cannot be moved to another row. */
  seal(purpose: string, owner: string, plain: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.for(purpose), nonce).setAAD(Buffer.from(owner));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  open(purpose: string, owner: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.for(purpose), bytes.subarray(0, 12))
      .setAAD(Buffer.from(owner))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  /** The bytes of a purpose's own key, for a library that signs by itself. */
  derive(purpose: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.for(purpose));
  }

  private for(purpose: string): Buffer {
    let key = this.derived.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.key, '', `bailiwick:${purpose}`, 32));
      this.derived.set(purpose, key);
    }
    return key;
  }
}

/** O_EXCL: two cores starting at once cannot both make a key. */
function writeOnce(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o400);
  writeSync(descriptor, `${text}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
}
