'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerId, ContainerProcesses } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { Button } from '../../ui/button.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { FactCard } from './facts.tsx';

const AGAIN_MS = 5_000;

/** What runs in it, asked for while somebody looks. */
export function ProcessesCard({ containerId }: { containerId: ContainerId }) {
  const t = useTranslations('containers.processes');
  const hydrated = useHydrated();
  const [shown, setShown] = useState(false);
  return (
    <FactCard title={t('title')}>
      {shown && <Processes containerId={containerId} />}
      <Button size="small" className="self-start" disabled={!hydrated} onClick={() => setShown(!shown)}>
        {shown ? t('hide') : t('show')}
      </Button>
    </FactCard>
  );
}

function Processes({ containerId }: { containerId: ContainerId }) {
  const t = useTranslations('containers.processes');
  const format = useFormatter();
  const percent = (value: number) => format.number(value / 100, { style: 'percent', maximumFractionDigits: 1 });
  const { data, error } = useQuery({
    queryKey: ['containers', containerId, 'processes'],
    queryFn: ({ signal }) => api<ContainerProcesses>('GET', `/containers/${containerId}/processes`, { signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <>
      <ErrorNotice error={error instanceof ApiError ? error : null} />
      <div className="overflow-x-auto">
        <Table>
          <caption className="sr-only">{t('title')}</caption>
          <TableHead>
            <tr>
              <HeaderCell>{t('pid')}</HeaderCell>
              <HeaderCell>{t('uid')}</HeaderCell>
              <HeaderCell>{t('cpu')}</HeaderCell>
              <HeaderCell>{t('memory')}</HeaderCell>
              <HeaderCell>{t('elapsed')}</HeaderCell>
              <HeaderCell>{t('command')}</HeaderCell>
            </tr>
          </TableHead>
          <tbody>
            {(data?.items ?? []).map((each) => (
              <TableRow key={each.pid}>
                <TableCell className="tabular-nums">{each.pid}</TableCell>
                <TableCell className="tabular-nums">{each.uid}</TableCell>
                <TableCell className="tabular-nums">{percent(each.cpuPercent)}</TableCell>
                <TableCell className="tabular-nums">{percent(each.memoryPercent)}</TableCell>
                <TableCell className="tabular-nums">{each.elapsed}</TableCell>
                <TableCell>
                  <code translate="no" className="text-xs break-all">
                    {each.command}
                  </code>
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  );
}
