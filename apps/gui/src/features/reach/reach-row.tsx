'use client';

import { CircleHelp } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Grant, ReachList } from '@bailiwick/contract';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { useAccessWords } from '../access/access-words.ts';
import { useCapabilityWords } from '../access/capability-words.ts';
import { explainPageAddress } from './reach.rules.ts';

interface Props {
  item: ReachList['items'][number];
  principal: { id: string };
  /** The grants that let them see it. */
  sources: readonly Grant[];
}

export function ReachRow({ item, principal, sources }: Props) {
  const t = useTranslations('reach');
  const capabilities = useCapabilityWords();
  const words = useAccessWords();
  const { target, name, decidedBy, can } = item;
  const [source] = sources;
  return (
    <CardRow data-id={target.id}>
      <CardCell place="lead" className="py-1.5">
        <Link
          href={`/containers/${target.id}`}
          prefetch={false}
          translate="no"
          className="font-medium break-words hover:underline touch:leading-8"
        >
          {name}
        </Link>
      </CardCell>
      <CardCell className="py-1.5 max-md:basis-full">
        <Link
          href={explainPageAddress({ who: principal.id, what: target.id, can: 'containers.see' })}
          prefetch={false}
          title={t('explain', { name })}
          className="inline-flex min-h-6 items-center gap-1.5 hover:underline touch:min-h-11"
        >
          <span>
            {capabilities.rule(decidedBy)}
            {source && <span className="text-fg-2"> · {words.given(source)}</span>}
          </span>
          <span className="sr-only">{t('explain', { name })}</span>
          <CircleHelp aria-hidden className="size-3.5 shrink-0 text-fg-3" />
        </Link>
      </CardCell>
      <CardCell className="py-1.5 max-md:basis-full">
        <details>
          <summary className="min-h-6 cursor-default content-center tabular-nums touch:min-h-11">
            {t('rights', { count: can.length })}
          </summary>
          <p className="max-w-80 text-xs text-fg-2">{words.names(can)}</p>
        </details>
      </CardCell>
    </CardRow>
  );
}
