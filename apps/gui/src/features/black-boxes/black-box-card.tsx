'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useMemo } from 'react';
import type { BlackBox } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { useCapabilityName } from '../access/capability-words.ts';
import { ChangeList } from '../configurations/change-list.tsx';
import { endWord } from '../container-page/container-ends.rules.ts';
import { MetricTrack } from '../metrics/metric-track.ts';
import { MetricCharts } from '../metrics/metric-charts.tsx';
import { useUnits } from '../metrics/metric-format.ts';
import { type BoxMeasure, toHistory, toPlain } from './black-box.rules.ts';

/** How one run ended, with what was known then. */
export function BlackBoxCard({ box, isOpen }: { box: BlackBox; isOpen: boolean }) {
  const ends = useTranslations('containers.ends');
  const common = useTranslations('common');
  const date = useFormatter();
  const toName = useCapabilityName();
  const { key, icon, values } = endWord({ ...box, asked: null });
  return (
    <details open={isOpen} data-slot="black-box" className="rounded-lg border border-line bg-surface-1">
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <StatusBadge icon={icon}>{ends(key, values)}</StatusBadge>
        <time dateTime={box.at} className="text-xs text-fg-2 tabular-nums" suppressHydrationWarning>
          {date.dateTime(new Date(box.at), { dateStyle: 'medium', timeStyle: 'medium' })}
        </time>
      </summary>
      <div className="flex flex-col gap-4 px-4 pb-4">
        <Limits limits={box.limits} />
        {box.log && <LastLines log={box.log} />}
        {box.figures && <Figures figures={box.figures} limits={box.limits} />}
        {box.changes && <Changes changes={box.changes} />}
        {box.withheld.map((capability) => (
          <p key={capability} className="text-sm text-fg-3">
            {common('needs', { capability: toName(capability) ?? capability })}
          </p>
        ))}
      </div>
    </details>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="text-sm font-semibold">{title}</h3>
      {children}
    </div>
  );
}

function Limits({ limits }: Pick<BlackBox, 'limits'>) {
  const t = useTranslations('alerts.box');
  const locale = useLocale();
  const units = useUnits();
  if (limits === null) return null;
  const { memoryBytes, cpus, pids } = limits;
  const said = [
    t('memory', { limit: memoryBytes === null ? t('noLimit') : formatBytes(memoryBytes, locale) }),
    t('cpus', { limit: cpus === null ? t('noLimit') : units.cores(cpus) }),
    t('pids', { limit: pids === null ? t('noLimit') : units.count(pids) }),
  ];
  return (
    <Part title={t('limits')}>
      <p className="text-sm text-fg-2">{said.join(' · ')}</p>
    </Part>
  );
}

function LastLines({ log: { lines, more } }: { log: NonNullable<BlackBox['log']> }) {
  const t = useTranslations('alerts.box');
  return (
    <Part title={t('log', { count: lines.length })}>
      {more && <p className="text-xs text-fg-3">{t('more')}</p>}
      {lines.length === 0 ? (
        <p className="text-sm text-fg-3">{t('noLines')}</p>
      ) : (
        <div
          role="region"
          aria-label={t('log', { count: lines.length })}
          tabIndex={0}
          className="max-h-80 overflow-auto rounded-md border border-line bg-inset p-3 font-mono text-xs"
          translate="no"
        >
          {lines.map(({ at, stream, text }, position) => (
            // Lines may be the same in every word.
            <p key={`${at} ${position}`} className="break-all whitespace-pre-wrap">
              <time dateTime={at} className="me-2 text-fg-3">
                {at.slice(11, 19)}
              </time>
              {stream === 'stderr' && <span className="me-2 text-fg-3">{stream}</span>}
              {toPlain(text)}
            </p>
          ))}
        </div>
      )}
    </Part>
  );
}

interface FiguresProps {
  figures: NonNullable<BlackBox['figures']>;
  limits: BlackBox['limits'];
}

function Figures({ figures, limits }: FiguresProps) {
  const t = useTranslations('alerts.box');
  const m = useTranslations('metrics');
  const track = useMemo(() => new MetricTrack<BoxMeasure>(toHistory(figures)), [figures]);
  return (
    <Part title={t('figures')}>
      <MetricCharts
        track={track}
        syncKey={figures.from}
        charts={[
          {
            title: m('cpu'),
            unit: 'cores',
            limit: limits?.cpus ?? null,
            lines: [{ measure: 'cpus', label: m('inUse') }],
          },
          {
            title: m('memory'),
            unit: 'bytes',
            limit: limits?.memoryBytes ?? null,
            lines: [{ measure: 'memoryBytes', label: m('inUse') }],
          },
        ]}
      />
    </Part>
  );
}

function Changes({ changes: { number, since, fields } }: { changes: NonNullable<BlackBox['changes']> }) {
  const t = useTranslations('alerts.box');
  const date = useFormatter();
  const at = date.dateTime(new Date(since), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Part title={t('changes')}>
      <p className="text-sm text-fg-2" suppressHydrationWarning>
        {fields.length === 0 ? t('unchanged', { number, at }) : t('changedSince', { number, at })}
      </p>
      {fields.length > 0 && <ChangeList fields={fields} />}
    </Part>
  );
}
