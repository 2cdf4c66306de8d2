'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Container, LogPage } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { useLiveItem } from '../../lib/live-hooks.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { useMedia } from '../../lib/media.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, SheetContent } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { IdChip } from '../../ui/id-chip.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ContainerStatus } from '../containers/container-status.tsx';
import { PortLinks } from '../containers/port-links.tsx';
import { PowerButton } from '../containers/power-buttons.tsx';
import type { PowerAction } from '../containers/power.rules.ts';
import { RefusalChip } from '../containers/refusal-chip.tsx';
import { useErrorWords } from '../shell/error-words.ts';

const WIDE = '(min-width: 75rem)';
const LINES = 20;
const REFETCH_MS = 5_000;

interface Props {
  id: string;
  list: LiveList<Container>;
  initial: Container | undefined;
  onAsk: (action: PowerAction, container: Container) => void;
  onClose: () => void;
}

/** One container beside the list; a sheet over it where there is no room beside. */
export function ContainerPeek({ id, list, initial, onAsk, onClose }: Props) {
  const t = useTranslations('containers');
  const container = useLiveItem(list, id, initial);
  const wide = useMedia(WIDE, true);
  const title = container?.name ?? t('peek.gone');
  if (!wide) {
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()}>
        <SheetContent title={<span translate="no">{title}</span>}>
          {container && <PeekBody container={container} onAsk={onAsk} />}
        </SheetContent>
      </Dialog>
    );
  }
  return (
    <aside
      aria-label={title}
      data-slot="peek"
      className="sticky top-16 flex max-h-[calc(100dvh-5.5rem)] w-105 shrink-0 flex-col overflow-y-auto rounded-lg border border-line bg-surface-1 p-4"
    >
      <div className="mb-3 flex items-start gap-2">
        <h2 translate="no" className="min-w-0 grow text-lg font-semibold break-words">
          {title}
        </h2>
        <CloseButton onClose={onClose} />
      </div>
      {container && <PeekBody container={container} onAsk={onAsk} />}
    </aside>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  const common = useTranslations('common');
  return (
    <IconButton label={common('close')} onClick={onClose}>
      <X aria-hidden />
    </IconButton>
  );
}

function PeekBody({ container, onAsk }: { container: Container; onAsk: Props['onAsk'] }) {
  const t = useTranslations('containers');
  const { id } = container;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <ContainerStatus container={container} look="pill" />
        <RefusalChip id={id} name={container.name} />
      </div>
      <div className="flex flex-wrap gap-2">
        <PowerButton action={canStart(container) ? 'start' : 'stop'} container={container} onAsk={onAsk} />
        <PowerButton action="restart" container={container} onAsk={onAsk} />
        <Button asChild look="ghost">
          <Link href={`/containers/${id}`}>
            <ExternalLink aria-hidden />
            {t('peek.open')}
          </Link>
        </Button>
      </div>
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1.5">
        <dt className="text-fg-3">{t('column.image')}</dt>
        <dd translate="no" className="font-mono text-xs break-all">
          {container.image}
        </dd>
        <dt className="text-fg-3">{t('column.ports')}</dt>
        <dd>{container.ports.length > 0 ? <PortLinks ports={container.ports} all /> : t('row.noPorts')}</dd>
        <dt className="text-fg-3">{t('column.createdAt')}</dt>
        <dd>
          <TimeAgo at={container.createdAt} />
        </dd>
        {container.project !== null && (
          <>
            <dt className="text-fg-3">{t('column.project')}</dt>
            <dd>
              <Link
                href={`/projects/${container.project.id}`}
                translate="no"
                className="text-accent-text hover:underline"
              >
                {container.project.name}
              </Link>
            </dd>
          </>
        )}
        <dt className="text-fg-3">{t('overview.id')}</dt>
        <dd>
          <IdChip id={id} />
        </dd>
      </dl>
      {container.rights.can.includes('containers.logs') && <LastLines id={id} />}
    </div>
  );
}

function LastLines({ id }: { id: string }) {
  const t = useTranslations('containers');
  const toWords = useErrorWords();
  const lines = useQuery({
    queryKey: ['containers', id, 'last-lines'],
    queryFn: ({ signal }) => api<LogPage>('GET', `/containers/${id}/logs?tail=${LINES}`, { signal }),
    refetchInterval: REFETCH_MS,
  });
  return (
    <section>
      <div className="mb-1 flex items-center justify-between">
        <h3 className="font-medium">{t('peek.lastLines')}</h3>
        <Link
          href={`/containers/${id}/logs`}
          className="inline-flex min-h-6 items-center text-accent-text hover:underline"
        >
          {t('row.logs')}
        </Link>
      </div>
      {lines.isPending && (
        <Loading label={t('peek.lastLines')} className="flex flex-col gap-1.5">
          <Skeleton className="h-3" />
          <Skeleton className="h-3 w-2/3" />
        </Loading>
      )}
      {lines.error instanceof ApiError && <p className="text-danger">{toWords(lines.error.envelope).text}</p>}
      {lines.data?.lines.length === 0 && <p className="text-fg-3">{t('peek.noLines')}</p>}
      {lines.data !== undefined && lines.data.lines.length > 0 && (
        // Reversed, so that it stands at its end as a log does.
        <div
          tabIndex={0}
          role="log"
          aria-live="off"
          aria-label={t('peek.lastLines')}
          className="flex max-h-64 flex-col-reverse overflow-auto rounded-md bg-inset p-2"
        >
          <pre translate="no" className="font-mono text-2xs whitespace-pre-wrap">
            {lines.data.lines.map(({ text }) => plain(text)).join('\n')}
          </pre>
        </div>
      )}
    </section>
  );
}

/** Colours and cursor moves belong to the log page; here only the words count. */
const plain = (text: string): string => text.replace(/\p{Cc}\[[0-9;?]*[ -/]*[@-~]/gu, '').replace(/[^\P{Cc}\t]/gu, '');

const canStart = ({ state }: Container): boolean => state === 'created' || state === 'exited' || state === 'dead';
