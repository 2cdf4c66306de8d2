import { Argv, DeployInput, Protocol, RunOptions } from '@bailiwick/contract';
import * as z from 'zod';
import { type ImageSource, NO_IMAGE } from './image-source.rules.ts';

const KEY = 'bw_deploy_image';
let seen: { text: string; source: ImageSource } | null = null;

const Source = z.object({
  form: z.object({
    image: z.string(),
    ports: z.string(),
    volumes: z.string(),
    binds: z.string().default(''),
    profile: z.enum(['compat', 'strict']),
    protocol: Protocol,
    installCommand: z.string(),
  }),
  kept: z.object({ ports: DeployInput.shape.ports, options: RunOptions, installCommand: Argv }).partial(),
});

/** What was chosen in this tab; the same object as long as it is the same, and without the variables. */
export function findImageDraft(): ImageSource | null {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return null;
  if (seen?.text !== text) seen = { text, source: readSource(JSON.parse(text)) };
  return seen.source;
}

export function keepImageDraft(source: ImageSource): void {
  sessionStorage.setItem(KEY, JSON.stringify(withoutVariables(source)));
}

/** What may be kept of it. */
export function withoutVariables({ form, kept }: ImageSource): ImageSource {
  const { env: _secret, ...options } = kept.options ?? {};
  return { form, kept: { ...kept, options } };
}

/** Whatever was kept by an earlier version of this page begins empty. */
export const readSource = (kept: unknown): ImageSource => Source.safeParse(kept).data ?? { form: NO_IMAGE, kept: {} };
