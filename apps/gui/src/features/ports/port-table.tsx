import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { UsedPort } from '@bailiwick/contract';
import { CardCell, CardHead, CardRow, CardTable } from '../../ui/card-table.tsx';

export function PortTable({ ports }: { ports: readonly UsedPort[] }) {
  const t = useTranslations('ports');
  return (
    <CardTable
      caption={t('caption')}
      head={
        <>
          <CardHead>{t('column.port')}</CardHead>
          <CardHead>{t('column.address')}</CardHead>
          <CardHead>{t('column.leads')}</CardHead>
          <CardHead className="w-[40%]">{t('column.use')}</CardHead>
        </>
      }
    >
      {ports.map((port) => (
        <CardRow key={`${port.environmentId} ${port.ip} ${port.protocol} ${port.hostPort}`}>
          <CardCell place="lead" translate="no" className="font-medium tabular-nums max-md:text-md">
            {`${port.hostPort}/${port.protocol}`}
          </CardCell>
          <CardCell label={t('column.address')} translate="no" className="text-fg-2 tabular-nums">
            {port.ip}
          </CardCell>
          <CardCell label={t('column.leads')} className="text-fg-2 tabular-nums">
            {port.state === 'published' ? `${port.containerPort}/${port.protocol}` : t(`state.${port.state}`)}
          </CardCell>
          <CardCell label={t('column.use')}>
            <User port={port} />
          </CardCell>
        </CardRow>
      ))}
    </CardTable>
  );
}

function User({ port: { usedBy, state } }: { port: UsedPort }) {
  const t = useTranslations('ports');
  if (usedBy.id === null || usedBy.name === null) return <span className="text-fg-3">{t(usedBy.kind)}</span>;
  return (
    <Link
      href={state === 'binned' ? '/bin' : `/containers/${usedBy.id}`}
      prefetch={false}
      translate="no"
      className="break-words hover:underline touch:leading-8"
    >
      {usedBy.name}
    </Link>
  );
}
