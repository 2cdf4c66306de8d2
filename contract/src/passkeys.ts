import * as z from 'zod';
import { PasskeyId } from './ids.ts';
import { Timestamp, listOf } from './wire.ts';

/** Bytes as WebAuthn's JSON carries them: base64url without padding. */
const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/);
const CredentialId = bytes(1400);
const ClientExtensions = z.record(z.string(), z.unknown());
const Attachment = z.enum(['platform', 'cross-platform']);
const Transport = z.string().max(32);

/** What an authenticator answers when it has made a passkey. */
export const PasskeyAttestation = z.strictObject({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: Attachment.nullish(),
  clientExtensionResults: ClientExtensions,
  response: z.strictObject({
    clientDataJSON: bytes(4000),
    attestationObject: bytes(20_000),
    authenticatorData: bytes(8000).optional(),
    transports: z.array(Transport).max(10).optional(),
    publicKey: bytes(4000).optional(),
    publicKeyAlgorithm: z.int().optional(),
  }),
});
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;

/** What an authenticator answers when it has signed with a passkey. */
export const PasskeyAssertion = z.strictObject({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: Attachment.nullish(),
  clientExtensionResults: ClientExtensions,
  response: z.strictObject({
    clientDataJSON: bytes(4000),
    authenticatorData: bytes(8000),
    signature: bytes(4000),
    userHandle: bytes(200).nullish(),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;
export const PasskeyProof = z.strictObject({ passkey: PasskeyAssertion });
export type PasskeyProof = z.infer<typeof PasskeyProof>;

export const PasskeyName = z.string().trim().min(1).max(60);

/** A key that lives in a phone, a computer or a security key, and signs its person in there. */
export const Passkey = z.object({
  id: PasskeyId,
  name: z.string(),
  /** The host name it was made for; elsewhere the browser does not offer it. */
  site: z.string(),
  /** Whether it is copied to the other devices of its person. */
  synced: z.boolean(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
});
export type Passkey = z.infer<typeof Passkey>;
export const PasskeyList = listOf(Passkey);
export type PasskeyList = z.infer<typeof PasskeyList>;
export const PasskeyAnswer = z.object({ item: Passkey });
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

export const AddPasskey = z.strictObject({ name: PasskeyName, passkey: PasskeyAttestation });
export type AddPasskey = z.infer<typeof AddPasskey>;
export const RenamePasskey = z.strictObject({ name: PasskeyName });
export type RenamePasskey = z.infer<typeof RenamePasskey>;

const Descriptor = z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()) });

/** What a browser hands an authenticator to make a passkey (`PublicKeyCredentialCreationOptionsJSON`). */
export const PasskeyCreation = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

/** What a browser hands an authenticator to sign (`PublicKeyCredentialRequestOptionsJSON`). */
export const PasskeyRequest = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal('required'),
  /** Empty at the sign-in: the authenticator offers what it has. */
  allowCredentials: z.array(Descriptor),
});
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;
