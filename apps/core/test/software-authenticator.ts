import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from '@bailiwick/contract';

const FLAG = { present: 1, verified: 4, eligible: 8, copied: 16, attested: 64 } as const;

interface Held {
  readonly id: Buffer;
  readonly rpId: string;
  readonly userHandle: string;
  readonly key: KeyObject;
  counter: number;
}
/** What a dishonest browser or authenticator would say instead. */
export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly verified?: boolean;
  readonly present?: boolean;
  readonly counter?: number;
  readonly userHandle?: string | null;
  readonly challenge?: string;
  readonly type?: string;
  /** Flips a bit of the signature. */
  readonly damaged?: boolean;
}

/** A browser with an authenticator in it, as WebAuthn describes them: P-256, "none" attestation, resident keys. */
export class SoftwareAuthenticator {
  private readonly held: Held[] = [];

  /** `counts` false: it says 0 for ever, as those that copy their keys do. */
  constructor(
    private readonly origin: string,
    private readonly counts = true,
  ) {}

  create({ rp, user, challenge, excludeCredentials }: PasskeyCreation, lies: Lies = {}): PasskeyAttestation {
    if (excludeCredentials.some(({ id }) => this.find(id))) throw new Error('InvalidStateError: it is here already.');
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const made: Held = { id: randomBytes(32), rpId: rp.id, userHandle: user.id, key: privateKey, counter: 0 };
    this.held.push(made);
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const cose = cborMap([
      [cborInt(1), cborInt(2)],
      [cborInt(3), cborInt(-7)],
      [cborInt(-1), cborInt(1)],
      [cborInt(-2), cborBytes(Buffer.from(x, 'base64url'))],
      [cborInt(-3), cborBytes(Buffer.from(y, 'base64url'))],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(made.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, made.id, cose]);
    const authData = Buffer.concat([this.head(made, lies, FLAG.attested), attested]);
    const attestation = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(authData)],
    ]);
    return {
      ...named(made),
      response: {
        clientDataJSON: this.clientData('webauthn.create', challenge, lies).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** With the first allowed key it holds; with any of that site where none is named. */
  get({ challenge, rpId, allowCredentials }: PasskeyRequest, lies: Lies = {}): PasskeyAssertion {
    const allowed = allowCredentials.map(({ id }) => id);
    const mine = this.held.find(
      (held) => held.rpId === rpId && (allowed.length === 0 || allowed.includes(held.id.toString('base64url'))),
    );
    if (!mine) throw new Error('NotAllowedError: there is no such key here.');
    return this.sign(mine, challenge, lies);
  }

  /** The last key it made, whatever was allowed. */
  getAnyway({ challenge }: Pick<PasskeyRequest, 'challenge'>, lies: Lies = {}): PasskeyAssertion {
    const last = this.held.at(-1);
    if (!last) throw new Error('It holds no key.');
    return this.sign(last, challenge, lies);
  }

  private sign(mine: Held, challenge: string, lies: Lies): PasskeyAssertion {
    if (this.counts) mine.counter += 1;
    const authData = this.head(mine, lies, 0);
    const clientData = this.clientData('webauthn.get', challenge, lies);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), mine.key);
    if (lies.damaged) signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
    return {
      ...named(mine),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: lies.userHandle === undefined ? mine.userHandle : lies.userHandle,
      },
    };
  }

  private head({ rpId, counter }: Held, lies: Lies, flags: number): Buffer {
    const { present = true, verified = true } = lies;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lies.counter ?? counter);
    const copied = this.counts ? 0 : FLAG.eligible | FLAG.copied;
    const said = flags | copied | (present ? FLAG.present : 0) | (verified ? FLAG.verified : 0);
    return Buffer.concat([sha256(Buffer.from(lies.rpId ?? rpId)), Buffer.from([said]), count]);
  }

  private clientData(type: string, challenge: string, lies: Lies): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? this.origin,
        crossOrigin: false,
      }),
    );
  }

  private find(id: string): Held | undefined {
    return this.held.find((held) => held.id.toString('base64url') === id);
  }
}

const named = ({ id }: Held) => {
  const text = id.toString('base64url');
  return { id: text, rawId: text, type: 'public-key' as const, clientExtensionResults: {} };
};

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The few shapes of CBOR (RFC 8949) an attestation is made of. */
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
const cborInt = (value: number): Buffer => (value >= 0 ? cborHead(0, value) : cborHead(1, -1 - value));
const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string): Buffer => Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
const cborMap = (entries: ReadonlyArray<readonly [Buffer, Buffer]>): Buffer =>
  Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
