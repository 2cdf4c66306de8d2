'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Plugin, PluginList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { lookedAt } from './plugin.rules.ts';

/** Looks at the folder anew, and says what was found there. */
export function useRescan(plugins: readonly Plugin[]) {
  const t = useTranslations('plugins.looked');
  const showError = useErrorToast();
  return useMutation({
    mutationFn: () => api<PluginList>('POST', '/plugins/rescan'),
    onError: showError,
    onSuccess: ({ items }) => {
      const { added, gone, total } = lookedAt(plugins, items);
      const parts = [
        ...(added.length > 0 ? [t('added', { names: added.join(', ') })] : []),
        ...(gone.length > 0 ? [t('gone', { names: gone.join(', ') })] : []),
      ];
      toast.success(parts.length === 0 ? t('nothing', { count: total }) : parts.join(' '));
    },
  });
}
