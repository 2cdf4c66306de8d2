'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { Plugin } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { needOf } from './plugin.rules.ts';
import { PluginStatusBadge } from './plugin-status.tsx';

/** One plugin of the list: how it is, and what it waits for. */
export function PluginRow({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins');
  const locale = useLocale();
  const { id, name, manifest, source, runtime, restartCount } = plugin;
  const rss = runtime?.rssBytes ?? null;
  return (
    <CardRow data-id={id}>
      <CardCell place="lead" className="py-1.5">
        <Link
          href={`/plugins/${id}`}
          prefetch={false}
          translate="no"
          className="font-medium break-all hover:underline touch:leading-8"
        >
          {name}
        </Link>
        {manifest !== null && manifest.description !== '' && (
          <p className="text-xs break-words text-fg-2">{manifest.description}</p>
        )}
      </CardCell>
      <CardCell className="py-1.5 max-md:basis-full">
        <PluginStatusBadge plugin={plugin} />
        <Said plugin={plugin} />
      </CardCell>
      <CardCell label={t('column.version')} className="whitespace-nowrap text-fg-2" translate="no">
        {manifest?.version ?? t('none')}
      </CardCell>
      <CardCell label={t('column.source')} className="text-fg-2 md:@max-[56rem]:hidden">
        {source === null ? t('none') : t(`source.${source}`)}
      </CardCell>
      <CardCell label={t('column.memory')} className="text-end whitespace-nowrap tabular-nums">
        {rss === null ? t('none') : formatBytes(rss, locale)}
      </CardCell>
      <CardCell label={t('column.restarts')} className="text-end tabular-nums">
        {restartCount}
      </CardCell>
    </CardRow>
  );
}

function Said({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins');
  const { id, error, message, warnings } = plugin;
  const need = needOf(plugin);
  const said = error ?? message;
  return (
    <>
      {said !== '' && (
        <p className={error === null ? 'text-xs break-words text-fg-2' : 'text-xs break-words text-danger'}>{said}</p>
      )}
      {need !== null && (
        <p>
          <Link
            href={`/plugins/${id}`}
            prefetch={false}
            className="inline-flex min-h-6 items-center text-xs font-medium text-accent-text hover:underline touch:min-h-11"
          >
            {t(`need.${need}`)}
          </Link>
        </p>
      )}
      {warnings.length > 0 && <p className="text-xs text-warning">{t('warnings', { count: warnings.length })}</p>}
    </>
  );
}
