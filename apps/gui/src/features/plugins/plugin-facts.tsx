'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type { Plugin, PluginRuntime } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Card, CardTitle } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { CapacityBar } from '../metrics/capacity-bar.tsx';

const MIB = 1024 * 1024;

/** How it stands: its process, what that uses, and how often it failed. */
export function PluginFacts({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins');
  const titleId = useId();
  const { manifest, source, message, error, runtime, initializedAt, updatedAt } = plugin;
  return (
    <Card aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <CardTitle id={titleId}>{t('facts.title')}</CardTitle>
      {message !== '' && message !== error && (
        <p className="text-sm break-words text-fg-2">{t('facts.says', { message })}</p>
      )}
      {runtime !== null && <Memory runtime={runtime} limitMb={manifest?.memory_mb ?? null} />}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        <Fact term={t('facts.since')}>
          <TimeAgo at={initializedAt ?? updatedAt} />
        </Fact>
        {manifest !== null && (
          <>
            <Fact term={t('column.version')}>
              <span translate="no">{`${manifest.version} (${manifest.api_version})`}</span>
            </Fact>
            <Fact term={t('facts.limits')}>
              {source === 'process'
                ? t('facts.limitsValue', { memory: manifest.memory_mb, cpu: manifest.cpu_seconds, call: manifest.timeout_seconds }) /* prettier-ignore */
                : t('facts.call', { call: manifest.timeout_seconds })}
            </Fact>
          </>
        )}
        {source !== null && <Fact term={t('column.source')}>{t(`source.${source}`)}</Fact>}
        {manifest?.endpoint !== undefined && <Fact term={t('facts.endpoint')}>{code(manifest.endpoint)}</Fact>}
        {runtime !== null && <Process runtime={runtime} />}
        <Fact term={t('facts.failures')}>
          {t('facts.failuresValue', {
            crashes: plugin.consecutiveCrashes,
            timeouts: plugin.consecutiveTimeouts,
            unwell: plugin.consecutiveHealthFailures,
          })}
        </Fact>
        <Fact term={t('column.restarts')}>{t('facts.restartsValue', { count: plugin.restartCount })}</Fact>
      </dl>
    </Card>
  );
}

function Memory({ runtime: { rssBytes, memoryEvents }, limitMb }: { runtime: PluginRuntime; limitMb: number | null }) {
  const t = useTranslations('plugins.facts');
  const locale = useLocale();
  if (rssBytes === null || limitMb === null) return null;
  const values = { used: formatBytes(rssBytes, locale), limit: formatBytes(limitMb * MIB, locale) };
  const { max, oomKill } = memoryEvents ?? { max: 0, oomKill: 0 };
  return (
    <div className="flex flex-col gap-1">
      <CapacityBar name={t('memory')} used={rssBytes} total={limitMb * MIB} text={t('memoryValue', values)} />
      {max + oomKill > 0 && <p className="text-xs text-warning">{t('memoryEvents', { max, kills: oomKill })}</p>}
    </div>
  );
}

function Process({ runtime: { pid, startedAt, socketPath, cgroupPath, logPath, isSandboxed } }: { runtime: PluginRuntime }) {
  const t = useTranslations('plugins.facts');
  return (
    <>
      <Fact term={t('process')}>
        {t.rich('processValue', { pid: String(pid), age: () => <TimeAgo at={startedAt} form="span" /> })}
      </Fact>
      <Fact term={t('shutIn')}>
        <span className={isSandboxed ? '' : 'text-warning'}>{t(isSandboxed ? 'sandboxed' : 'notSandboxed')}</span>
      </Fact>
      <Fact term={t('cgroup')}>{cgroupPath === null ? t('noCgroup') : code(cgroupPath)}</Fact>
      <Fact term={t('socket')}>{code(socketPath)}</Fact>
      <Fact term={t('logFile')}>{code(logPath)}</Fact>
    </>
  );
} // prettier-ignore

const code = (text: string): ReactNode => (
  <span translate="no" className="font-mono text-xs break-all">
    {text}
  </span>
);

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <>
    <dt className="text-fg-3">{term}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);
