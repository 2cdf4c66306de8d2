'use client';

import { ArrowLeft, Ellipsis, FolderKanban, Layers, Server } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Container, Environment } from '@bailiwick/contract';
import type { LiveList } from '../../lib/live-list.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { YourAccess } from '../access/your-access.tsx';
import { lastListAddress } from '../container-list/last-list.ts';
import { ContainerMenu } from '../containers/container-menu.tsx';
import { ContainerStatus } from '../containers/container-status.tsx';
import { OpenButton } from '../containers/open-button.tsx';
import { PortLinks } from '../containers/port-links.tsx';
import { PowerButton } from '../containers/power-buttons.tsx';
import type { PowerAction } from '../containers/power.rules.ts';
import { RefusalChip } from '../containers/refusal-chip.tsx';
import { PinButton } from '../pins/pin-button.tsx';
import { ContainerName } from './container-name.tsx';

interface Props {
  container: Container;
  list: LiveList<Container>;
  environment: Environment | undefined;
  onAsk: (action: PowerAction, container: Container) => void;
}

/** Name, state and actions: the same on every tab. */
export function ContainerHeader({ container, list, environment, onAsk }: Props) {
  const t = useTranslations('containers.page');
  const startable = container.state === 'created' || container.state === 'exited' || container.state === 'dead';
  return (
    <header data-slot="container-header" className="mb-3 flex flex-col gap-3">
      <Link
        href={lastListAddress()}
        className="inline-flex min-h-6 items-center gap-1 self-start text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('back')}
      </Link>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="flex min-w-0 grow basis-72 flex-col gap-1.5">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <ContainerName container={container} list={list} />
            <ContainerStatus container={container} look="pill" />
            <RefusalChip id={container.id} name={container.name} />
          </div>
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-fg-2">
            <span translate="no" className="font-mono text-xs break-all">
              {container.image}
            </span>
            {container.stack !== null && (
              <Badge>
                <Layers aria-hidden className="size-3" />
                <span translate="no">{container.stack}</span>
              </Badge>
            )}
            {container.project !== null && (
              <Badge>
                <FolderKanban aria-hidden className="size-3" />
                <Link
                  href={`/projects/${container.project.id}`}
                  prefetch={false}
                  translate="no"
                  className="inline-flex min-h-6 items-center hover:underline"
                >
                  {container.project.name}
                </Link>
              </Badge>
            )}
            {environment !== undefined && (
              <Badge>
                <Server aria-hidden className="size-3" />
                <span translate="no">{environment.name}</span>
              </Badge>
            )}
            <PortLinks ports={container.ports} all />
            <YourAccess container={container} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <OpenButton container={container} />
          <PowerButton action={startable ? 'start' : 'stop'} container={container} onAsk={onAsk} />
          <PowerButton action="restart" container={container} onAsk={onAsk} />
          <PinButton container={container} />
          <ContainerMenu container={container} onAsk={onAsk} actions={MORE}>
            <IconButton label={t('more')} look="secondary">
              <Ellipsis aria-hidden />
            </IconButton>
          </ContainerMenu>
        </div>
      </div>
    </header>
  );
}

const MORE: readonly PowerAction[] = ['pause', 'unpause', 'kill', 'delete'];
