'use client';

import { useMutation } from '@tanstack/react-query';
import { Play, RotateCw, Square, Stethoscope } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { Plugin, PluginAnswer, PluginHealth } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { formatDuration } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { canAnswer, isUp } from './plugin.rules.ts';

type Act = 'start' | 'stop' | 'restart';

/** What can be done with its process; what came of it is said. */
export function PluginActions({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins');
  const showError = useErrorToast();
  const { id, consent, manifest } = plugin;
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (act: Act) => api<PluginAnswer>('POST', `/plugins/${id}/${act}`),
    onError: showError,
    onSuccess: ({ item }, act) => {
      if (act !== 'stop' && item.status !== 'healthy' && item.status !== 'initialized')
        toast.warning(t(`act.${act}.notWell`, { status: t(`status.${item.status}`) }), {
          ...(item.error === null ? {} : { description: item.error }),
        });
      else toast.success(t(`act.${act}.done`));
    },
  });
  const check = useCheck(id);
  if (manifest === null || consent === null) return null;
  const up = isUp(plugin);
  const mayManage = plugin.can.includes('plugins.manage');
  const button = (act: Act) => ({
    loading: isPending && variables === act,
    disabled: isPending,
    onClick: () => mutate(act),
  });
  return (
    <>
      {canAnswer(plugin) && (
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          <Stethoscope aria-hidden />
          {t('act.check.do')}
        </Button>
      )}
      {mayManage && up && (
        <>
          <Button {...button('restart')}>
            <RotateCw aria-hidden />
            {t('act.restart.do')}
          </Button>
          <Button {...button('stop')}>
            <Square aria-hidden />
            {t('act.stop.do')}
          </Button>
        </>
      )}
      {mayManage && !up && (
        <Button look="primary" {...button('start')}>
          <Play aria-hidden />
          {t('act.start.do')}
        </Button>
      )}
    </>
  );
}

function useCheck(id: string) {
  const t = useTranslations('plugins');
  const locale = useLocale();
  const showError = useErrorToast();
  return useMutation({
    mutationFn: () => api<PluginHealth>('GET', `/plugins/${id}/health`),
    onError: showError,
    onSuccess: ({ status, message, numbers, tookMs }) => {
      const said = [message, ...Object.entries(numbers).map(([name, value]) => `${name} ${value}`)].filter(Boolean);
      const title = t('act.check.done', { status: t(`status.${status}`), took: formatDuration(tookMs, locale) });
      const words = said.length === 0 ? {} : { description: said.join(' · ') };
      if (status === 'healthy') toast.success(title, words);
      else toast.warning(title, words);
    },
  });
}
