'use client';

import { ApiError } from '../../lib/api.ts';
import { announce } from '../../lib/announce.ts';
import { toast } from '../../ui/toast.tsx';
import { useErrorWords } from './error-words.ts';

/** For a failure that has no place on the page; stays until it is closed. */
export function useErrorToast(): (error: unknown) => void {
  const toWords = useErrorWords();
  return (error) => {
    const { text, hint } = toWords(error instanceof ApiError ? error.envelope : { code: 'internal' });
    toast.error(text, { duration: Infinity, ...(hint === '' ? {} : { description: hint }) });
    announce(text, 'assertive');
    if (!(error instanceof ApiError)) throw error;
  };
}
