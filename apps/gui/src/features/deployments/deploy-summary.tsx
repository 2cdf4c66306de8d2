'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { DeployReview, Preset, ReviewCheck } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Card, CardTitle } from '../../ui/card.tsx';
import { coresOf } from './advanced-options.rules.ts';
import { CheckList } from './check-list.tsx';
import { useCheckWords } from './check-words.ts';
import { type DeployForm, portKey } from './deploy-form.rules.ts';

const MIB = 1024 * 1024;

interface Props {
  preset: Preset;
  form: DeployForm;
  review: DeployReview | undefined;
  /** What no field says. */
  noted: readonly ReviewCheck[];
  /** The way on. */
  children: ReactNode;
}

/** What will come of it, beside the form while it is filled in; at the foot of a small screen only the way on. */
export function DeploySummary({ preset, form, review, noted, children }: Props) {
  const t = useTranslations('deploy.summary');
  const locale = useLocale();
  const { image, ports, volumes } = preset.config;
  const toCheckWords = useCheckWords();
  const memory = Number(form.memoryMib) * MIB;
  const cores = coresOf(form.cpus, form.advanced);
  const hostPortOf = (key: string, containerPort: number) =>
    form.ports[key] || review?.ports.find((port) => port.containerPort === containerPort)?.hostPort?.toString();
  return (
    <Card
      aria-label={t('title')}
      className="top-16 flex flex-col gap-3 max-lg:sticky max-lg:bottom-16 max-lg:z-20 max-lg:shadow-pop md:max-lg:bottom-4 lg:sticky"
    >
      <CardTitle className="max-lg:sr-only">{t('title')}</CardTitle>
      <dl className="flex flex-col gap-2 max-lg:hidden">
        <Line name={t('image')}>
          <code translate="no" className="text-xs break-all">
            {image}
          </code>
        </Line>
        {ports.map((port) => (
          <Line key={portKey(port)} name={port.label}>
            <span className="tabular-nums">
              {t('port', {
                host: hostPortOf(portKey(port), port.containerPort) ?? t('anyPort'),
                container: portKey(port),
              })}
            </span>
          </Line>
        ))}
        {volumes.length > 0 && (
          <Line name={t('volumes')}>
            <code translate="no" className="text-xs break-all">
              {volumes.map(({ target }) => target).join(', ')}
            </code>
          </Line>
        )}
        <Line name={t('limits')}>
          {Number.isFinite(memory) && memory > 0 ? formatBytes(memory, locale) : '–'}
          {' · '}
          {t('cores', { count: Number.isFinite(cores) ? cores : 0 })}
        </Line>
      </dl>
      {noted.length > 0 && (
        <section aria-label={t('checks')} className="border-t border-line pt-3 text-sm max-lg:hidden">
          <CheckList checks={noted} toWords={toCheckWords} />
        </section>
      )}
      {children}
    </Card>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-fg-3">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
