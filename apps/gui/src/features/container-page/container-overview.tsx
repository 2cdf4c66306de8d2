import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ContainerDetail, Environment } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Badge, StatusBadge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { IdChip } from '../../ui/id-chip.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { EndsCard } from './ends-card.tsx';
import { Fact, FactCard, Facts } from './facts.tsx';
import { ProcessesCard } from './processes-card.tsx';
import { UsageCharts } from './usage-charts.tsx';

interface Props {
  detail: ContainerDetail;
  environment: Environment | undefined;
}

/** What it is, what it may use, where it is reached and what it keeps, on one screen. */
export function ContainerOverview({ detail, environment }: Props) {
  const t = useTranslations('containers.overview');
  return (
    <>
      {detail.status === 'unknown' && <Banner tone="info" title={t('lastKnown')} className="mb-4" />}
      {detail.state === 'running' && detail.rights.can.includes('containers.stats') && <UsageCharts id={detail.id} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <DetailsCard detail={detail} environment={environment} />
          {detail.rights.can.includes('containers.activity') && <EndsCard container={detail} />}
          <HealthCard detail={detail} />
          <LabelsCard labels={detail.labels} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <PortsCard detail={detail} />
          <LimitsCard limits={detail.limits} />
          <MountsCard mounts={detail.mounts} />
          {detail.sftp !== null && <SftpCard sftp={detail.sftp} />}
          <NetworksCard networks={detail.networks} />
          <VariablesCard names={detail.envNames} />
        </div>
      </div>
      {detail.state === 'running' && detail.rights.can.includes('containers.inspect') && (
        <div className="mt-4">
          <ProcessesCard containerId={detail.id} />
        </div>
      )}
    </>
  );
}

function DetailsCard({ detail, environment }: Props) {
  const t = useTranslations('containers.overview');
  const words = (parts: readonly string[]) => (parts.length === 0 ? t('none') : parts.join(' '));
  return (
    <FactCard title={t('details')}>
      <Facts>
        <Fact name={t('image')} code>
          {detail.image}
        </Fact>
        {detail.imageId !== '' && (
          <Fact name={t('imageId')}>
            <IdChip id={detail.imageId} />
          </Fact>
        )}
        <Fact name={t('command')} code>
          {words(detail.command)}
        </Fact>
        <Fact name={t('entrypoint')} code>
          {words(detail.entrypoint)}
        </Fact>
        <Fact name={t('workingDir')} code>
          {detail.workingDir === '' ? '/' : detail.workingDir}
        </Fact>
        <Fact name={t('user')} code={detail.user !== ''}>
          {detail.user === '' ? t('defaultUser') : detail.user}
          {detail.runsAsRoot && (
            <Badge tone="warning" translate="yes" className="ms-2 font-sans">
              {t('runsAsRoot')}
            </Badge>
          )}
        </Fact>
        <Fact name={t('restartPolicy')}>
          <span translate="no">{detail.restartPolicy.name}</span>
          <span className="text-fg-3"> · {t('restarts', { count: detail.restartCount })}</span>
        </Fact>
        <Fact name={t('created')}>
          <TimeAgo at={detail.createdAt} />
        </Fact>
        {detail.startedAt !== null && (
          <Fact name={t('started')}>
            <TimeAgo at={detail.startedAt} />
          </Fact>
        )}
        {detail.finishedAt !== null && detail.state !== 'running' && (
          <Fact name={t('finished')}>
            <TimeAgo at={detail.finishedAt} />
          </Fact>
        )}
        {detail.exitCode !== null && detail.state === 'exited' && (
          <Fact name={t('exitCode')}>{String(detail.exitCode)}</Fact>
        )}
        {detail.owner !== null && <Fact name={t('owner')}>{detail.owner.displayName}</Fact>}
        {detail.preset !== null && (
          <Fact name={t('preset')} code>
            {detail.preset}
          </Fact>
        )}
        {environment !== undefined && (
          <Fact name={t('environment')}>
            <span translate="no">{environment.name}</span>
          </Fact>
        )}
        <Fact name={t('id')}>
          <IdChip id={detail.id} />
        </Fact>
        {detail.engineId !== null && (
          <Fact name={t('engineId')}>
            <IdChip id={detail.engineId} />
          </Fact>
        )}
      </Facts>
    </FactCard>
  );
}

function HealthCard({ detail }: { detail: ContainerDetail }) {
  const t = useTranslations('containers.overview');
  if (detail.health === 'none' && detail.healthProbes.length === 0) return null;
  return (
    <FactCard title={t('health')}>
      {detail.healthProbes.length === 0 && <p className="text-fg-3">{t('noProbes')}</p>}
      <ul className="flex flex-col gap-2">
        {[...detail.healthProbes].reverse().map((probe) => (
          <li key={probe.at} className="flex flex-wrap items-baseline gap-x-3">
            <StatusBadge icon={probe.exitCode === 0 ? 'good' : 'bad'}>
              {probe.exitCode === 0 ? t('probeOk') : t('probeFailed', { code: probe.exitCode })}
            </StatusBadge>
            <TimeAgo at={probe.at} className="text-xs text-fg-3" />
            {probe.output !== '' && (
              <pre
                translate="no"
                tabIndex={0}
                role="group"
                aria-label={t('probeOutput')}
                className="mt-1 max-h-40 min-w-0 basis-full overflow-auto rounded-md border border-line bg-surface-2 px-2 py-1 font-mono text-xs break-all whitespace-pre-wrap text-fg-2"
              >
                {probe.output}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </FactCard>
  );
}

function PortsCard({ detail }: { detail: ContainerDetail }) {
  const t = useTranslations('containers.overview');
  return (
    <ListCard title={t('ports')} empty={t('noPorts')}>
      {detail.ports.map(({ ip, hostPort, containerPort, protocol }) => (
        <li key={`${ip} ${hostPort} ${protocol}`} translate="no" className="font-mono text-xs tabular-nums">
          {`${ip}:${hostPort} → ${containerPort}/${protocol}`}
        </li>
      ))}
    </ListCard>
  );
}

function LimitsCard({ limits }: { limits: ContainerDetail['limits'] }) {
  const t = useTranslations('containers.overview');
  const locale = useLocale();
  const none = <span className="text-fg-3">{t('unlimited')}</span>;
  return (
    <FactCard title={t('limits')}>
      <Facts>
        <Fact name={t('memory')}>{limits.memoryBytes === null ? none : formatBytes(limits.memoryBytes, locale)}</Fact>
        <Fact name={t('cpus')}>{limits.cpus === null ? none : t('cores', { count: limits.cpus })}</Fact>
        <Fact name={t('pids')}>{limits.pids === null ? none : String(limits.pids)}</Fact>
      </Facts>
    </FactCard>
  );
}

function MountsCard({ mounts }: { mounts: ContainerDetail['mounts'] }) {
  const t = useTranslations('containers.overview');
  return (
    <ListCard title={t('mounts')} empty={t('noMounts')}>
      {mounts.map(({ type, name, source, target, readOnly }) => (
        <li key={target} className="flex flex-wrap items-center gap-x-2">
          <code translate="no" className="text-xs break-all">
            {`${name ?? source ?? type} → ${target}`}
          </code>
          <Badge>{type}</Badge>
          {readOnly && <Badge>{t('readOnly')}</Badge>}
        </li>
      ))}
    </ListCard>
  );
}

function SftpCard({ sftp: { host, port, username } }: { sftp: NonNullable<ContainerDetail['sftp']> }) {
  const t = useTranslations('containers.overview');
  return (
    <FactCard title={t('sftp')}>
      <Facts>
        <Fact name={t('sftpHost')} code>
          {host}
        </Fact>
        <Fact name={t('sftpPort')} code>
          {String(port)}
        </Fact>
        <Fact name={t('sftpUsername')} code={username !== null}>
          {username ?? t('sftpOwnName')}
        </Fact>
      </Facts>
      <p className="mt-2 text-xs text-fg-3">{t('sftpNote')}</p>
    </FactCard>
  );
}

function NetworksCard({ networks }: { networks: ContainerDetail['networks'] }) {
  const t = useTranslations('containers.overview');
  return (
    <ListCard title={t('networks')} empty={t('none')}>
      {networks.map(({ name, ip }) => (
        <li key={name} translate="no" className="font-mono text-xs break-all">
          {ip === null ? name : `${name} · ${ip}`}
        </li>
      ))}
    </ListCard>
  );
}

function VariablesCard({ names }: { names: readonly string[] }) {
  const t = useTranslations('containers.overview');
  return (
    <ListCard title={t('variables')} empty={t('noVariables')} note={t('valuesHidden')}>
      {names.map((name) => (
        <li key={name} translate="no" className="font-mono text-xs break-all">
          {name}
        </li>
      ))}
    </ListCard>
  );
}

function LabelsCard({ labels }: { labels: ContainerDetail['labels'] }) {
  const t = useTranslations('containers.overview');
  return (
    <ListCard title={t('labels')} empty={t('noLabels')}>
      {Object.entries(labels).map(([name, value]) => (
        <li key={name} translate="no" className="font-mono text-xs break-all">
          <span className="text-fg-2">{name}</span>
          {`=${value}`}
        </li>
      ))}
    </ListCard>
  );
}

function ListCard({
  title,
  empty,
  note,
  children,
}: {
  title: string;
  empty: string;
  note?: string;
  children: ReactNode[];
}) {
  return (
    <FactCard title={title}>
      {children.length === 0 ? (
        <p className="text-fg-3">{empty}</p>
      ) : (
        <>
          <ul className="flex flex-col gap-1.5">{children}</ul>
          {note !== undefined && <p className="mt-2 text-xs text-fg-3">{note}</p>}
        </>
      )}
    </FactCard>
  );
}
