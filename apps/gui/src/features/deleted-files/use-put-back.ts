'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ContainerId } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { toast } from '../../ui/toast.tsx';
import { nameOf } from '../files/file-path.rules.ts';
import { refreshFiles } from '../files/file-queries.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import { type Kept, putBack } from './deleted-queries.ts';

/** Puts what was deleted back where it was, and says so. */
export function usePutBack(id: ContainerId): (all: readonly Kept[]) => Promise<void> {
  const t = useTranslations('deletedFiles');
  const queries = useQueryClient();
  const fail = useErrorToast();
  return async (all) => {
    try {
      for (const one of all) await putBack(id, one);
      const text = t('done', { count: all.length, name: nameOf(all[0]?.path ?? '') });
      announce(text);
      toast(text);
    } catch (error) {
      fail(error);
    } finally {
      await refreshFiles(queries, id);
    }
  };
}
