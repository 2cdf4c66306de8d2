'use client';

import type { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { useErrorWords } from './error-words.ts';

/** Why what was sent was refused, above the form it was sent from. */
export function ErrorNotice({ error }: { error: ApiError | null }) {
  const toWords = useErrorWords();
  if (error === null) return null;
  const { text, hint } = toWords(error.envelope);
  return (
    <Banner tone="danger" title={text}>
      {hint === '' ? undefined : hint}
    </Banner>
  );
}
