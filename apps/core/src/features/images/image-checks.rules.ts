import type { ReviewCheck } from '@bailiwick/contract';
import type { EngineImage, ImagePlatform, RegistryImage } from '../../foundation/environments/engine.js';

/** What was found out: where it lies, what its registry says, or that nobody says. */
export type ImageLook =
  | { readonly at: 'host'; readonly image: EngineImage }
  | { readonly at: 'registry'; readonly image: RegistryImage }
  | { readonly at: 'nowhere' }
  | { readonly at: 'unknown' };

/** As an engine names its host's processor, and as registries name the same. */
const REGISTRY_NAMES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armv6l: 'arm',
  i686: '386',
  i386: '386',
  loongarch64: 'loong64',
};
/** What else a processor runs by itself. */
const ALSO_RUNS: Readonly<Record<string, readonly string[]>> = { amd64: ['386'], arm64: ['arm'] };

/** Whether it can be had and would run there; `host` is the processor as the engine says it, null while it does not. */
export function imageCheck(image: string, look: ImageLook, host: string | null): ReviewCheck {
  switch (look.at) {
    case 'unknown':
      return { check: 'image', outcome: 'warning', code: 'image_not_looked_up', params: { image } };
    case 'nowhere':
      return { check: 'image', outcome: 'blocked', code: 'image_missing', params: { image } };
    case 'host':
      if (!fits([look.image.platform], host)) return elsewhere(image, [look.image.platform], host);
      return { check: 'image', outcome: 'ok', code: 'image_present', params: { image, sizeBytes: look.image.sizeBytes } }; // prettier-ignore
    case 'registry':
      if (!fits(look.image.platforms, host)) return elsewhere(image, look.image.platforms, host);
      return { check: 'image', outcome: 'warning', code: 'image_pulled', params: { image } };
  }
}

function elsewhere(image: string, platforms: readonly ImagePlatform[], host: string | null): ReviewCheck {
  const madeFor = [...new Set(platforms.map(({ os, architecture }) => `${os}/${architecture}`))];
  return { check: 'image', outcome: 'blocked', code: 'image_platform', params: { image, madeFor, host } };
}

/** What is not said is not held against it: the engine decides then. */
function fits(platforms: readonly ImagePlatform[], host: string | null): boolean {
  if (host === null || platforms.length === 0) return true;
  const own = REGISTRY_NAMES[host] ?? host;
  const runs = [own, ...(ALSO_RUNS[own] ?? [])];
  return platforms.some(
    ({ os, architecture }) => (os === 'linux' || os === '') && (architecture === '' || runs.includes(architecture)),
  );
}
