import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Volume } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useNeeds } from '../identity/needs.ts';
import { useVolumeSize } from './volume-queries.ts';

interface Props {
  volume: Volume;
  /** Where it stands among those that are shown. */
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
  /** Its tenant, where there are several. */
  tenant: string | null;
  onDelete: () => void;
}

export function VolumeRow({ volume, index, measure, tenant, onDelete }: Props) {
  const t = useTranslations('volumes');
  const needs = useNeeds();
  const { kind, label, target, owner, createdAt, operationId, name } = volume;
  const isInUse = volume.rights.why['volumes.delete']?.code === 'volume_in_use';
  const reason = operationId !== null ? t('deleting') : isInUse ? t('delete.inUse') : needs(volume, 'volumes.delete');
  return (
    <CardRow ref={measure} data-index={index} data-id={volume.id} aria-rowindex={index + 2}>
      <CardCell place="lead" className="py-1.5">
        <p className="font-medium break-words max-md:text-md">
          {t(kind === 'workspace' ? 'workspaceAt' : 'at', { label, target })}
        </p>
        <code translate="no" className="text-xs break-all text-fg-2">
          {name}
        </code>
      </CardCell>
      <CardCell className="py-1.5 max-md:basis-full">
        <Use volume={volume} />
      </CardCell>
      <CardCell label={t('column.owner')} translate="no" className="text-fg-2">
        {owner?.displayName ?? t('nobody')}
      </CardCell>
      {tenant !== null && (
        <CardCell translate="no" className="text-fg-2">
          {tenant}
        </CardCell>
      )}
      <CardCell label={t('column.created')} className="text-fg-2">
        <TimeAgo at={createdAt} />
      </CardCell>
      <CardCell label={t('column.size')} className="text-end tabular-nums">
        <Size volume={volume} />
      </CardCell>
      <CardCell place="actions" className="text-end">
        <DisabledReason reason={reason}>
          <IconButton label={t('delete.open', { name })} disabled={reason !== null} onClick={onDelete}>
            <Trash2 aria-hidden />
          </IconButton>
        </DisabledReason>
      </CardCell>
    </CardRow>
  );
}

/** Who has it, or since when nobody does and whose it was. */
function Use({ volume }: { volume: Volume }) {
  const t = useTranslations('volumes');
  const { container, state, keptSince, lastContainerName, operationId } = volume;
  if (operationId !== null) return <Badge>{t('deleting')}</Badge>;
  if (container !== null)
    return (
      <Link
        href={`/containers/${container.id}`}
        prefetch={false}
        translate="no"
        className="break-words hover:underline touch:leading-8"
      >
        {container.name}
      </Link>
    );
  if (state === 'attached') return <span className="text-fg-3">{t('hidden')}</span>;
  return (
    <>
      <Badge>{keptSince === null ? t('kept') : t.rich('keptSince', { when: () => <TimeAgo at={keptSince} /> })}</Badge>
      <p className="mt-0.5 text-xs break-words text-fg-2">{t('of', { container: lastContainerName })}</p>
    </>
  );
}

function Size({ volume }: { volume: Volume }) {
  const t = useTranslations('volumes');
  const locale = useLocale();
  const [asked, setAsked] = useState(false);
  const { data, isFetching, isError } = useVolumeSize(volume, { asked });
  if (data !== undefined)
    return data.sizeBytes === null ? (
      <span className="text-fg-3">{t('unknownSize')}</span>
    ) : (
      formatBytes(data.sizeBytes, locale)
    );
  if (isError) return <span className="text-fg-3">{t('unknownSize')}</span>;
  return (
    <Button
      size="small"
      loading={isFetching}
      aria-label={t('measureOf', { name: volume.name })}
      onClick={() => setAsked(true)}
    >
      {t('measure')}
    </Button>
  );
}
