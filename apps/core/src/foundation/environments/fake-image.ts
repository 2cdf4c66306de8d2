import type { AppError } from '../../kernel/errors.js';
import { imagePlatform, imageUnavailable, storageFull } from './engine-errors.js';
import type { ImagePlatform } from './engine.js';
import type { FakeStep } from './fake-process.rules.js';

/** How a pretended image behaves: the default runs quietly for ever and ends at once when asked to. */
export interface FakeImage {
  readonly steps: readonly FakeStep[];
  readonly onTerm: number | null;
  readonly echoes?: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** For containers that declare a health check: what becomes of it, and when. */
  readonly health: { readonly becomes: 'healthy' | 'unhealthy'; readonly afterMs: number };
  readonly bytes: number;
  readonly user: string;
  readonly platform: ImagePlatform;
  /** Holds its own program and no other: no shell either. */
  readonly isBare?: boolean;
}

export const aFakeImage = (overrides: Partial<FakeImage> = {}): FakeImage => ({
  steps: [{ do: 'wait', ms: Infinity }],
  onTerm: 0,
  entrypoint: [],
  command: [],
  env: {},
  labels: {},
  health: { becomes: 'healthy', afterMs: 0 },
  bytes: 24 * 1024 * 1024,
  user: '',
  platform: { os: 'linux', architecture: 'amd64' },
  ...overrides,
});

/** How the next pulls of a reference end: at once, half-way, or never. */
export type PullFailure = 'unknown' | 'unreachable' | 'unauthorized' | 'platform' | 'broken' | 'storage' | 'stalls';

const PULL_ERRORS: Record<Exclude<PullFailure, 'stalls'>, (ref: string) => AppError> = {
  unknown: (ref) => imageUnavailable(ref, `manifest for ${ref} not found: manifest unknown`),
  unreachable: (ref) => imageUnavailable(ref, 'dial tcp: lookup registry: no such host'),
  unauthorized: (ref) => imageUnavailable(ref, 'no basic auth credentials'),
  platform: (ref) => imagePlatform(ref, 'no matching manifest for linux/amd64 in the manifest list entries'),
  broken: (ref) => imageUnavailable(ref, 'unexpected EOF'),
  storage: () => storageFull('no space left on device'),
};

export const pullError = (ref: string, failure: keyof typeof PULL_ERRORS): AppError => PULL_ERRORS[failure](ref);

export const imageId = (ref: string): string =>
  `sha256:${Buffer.from(ref).toString('hex').padEnd(64, '0').slice(0, 64)}`;
