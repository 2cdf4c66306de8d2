'use client';

import { ScrollText } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Container, ContainerConsole, LogPage, PresetLogTrigger } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { EmptyState } from '../../ui/face.tsx';
import { WhyButton } from '../access/why-button.tsx';
import { LogViewer } from '../logs/log-viewer.tsx';
import { ConsoleInput } from './console-input.tsx';

interface Props {
  container: Container;
  first: ContainerConsole;
  /** Null for who may not read its log. */
  log: { page: LogPage; triggers: PresetLogTrigger[] } | null;
}

/** What the main program says, and a line to it. */
export function ConsolePage({ container, first, log }: Props) {
  const t = useTranslations('console');
  const { id, name, state, since } = container;
  const { data = first, refetch } = useQuery({
    queryKey: ['containers', id, 'console', state, since],
    queryFn: ({ signal }) => api<ContainerConsole>('GET', `/containers/${id}/console`, { signal }),
    initialData: first,
    staleTime: 5_000,
  });
  const input = <ConsoleInput container={container} look={data} onChanged={() => void refetch()} />;
  if (log !== null)
    return (
      <LogViewer container={container} page={log.page} linked={null} triggers={log.triggers}>
        {input}
      </LogViewer>
    );
  return (
    <section aria-label={t('title', { name })} className="overflow-hidden rounded-lg border border-line bg-surface-1">
      <EmptyState
        icon={ScrollText}
        title={t('noLog')}
        actions={<WhyButton resource={id} capability="containers.logs" />}
      />
      {input}
    </section>
  );
}
