'use client';

import { useTranslations } from 'next-intl';
import { UserRound, UsersRound } from 'lucide-react';
import { Badge, type Tone } from '../../ui/badge.tsx';
import type { HolderRow, MatrixRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';

/** Who a row is, and where what they have comes from. */
export function HolderFacts({ row }: { row: HolderRow }) {
  const t = useTranslations('access');
  const words = useAccessWords();
  const Icon = row.principal.kind === 'team' ? UsersRound : UserRound;
  const { facts, inherited } = row;
  return (
    <div className="flex min-w-0 items-start gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-fg-3" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span translate="no" className="min-w-0 break-words">
            {row.name}
          </span>
          <StageBadge stage={row.stage} />
        </p>
        <p className="text-xs font-normal text-fg-2">
          {facts?.kind === 'user' && <span translate="no">{facts.username}</span>}
          {facts?.kind === 'team' && t('source.team', { count: facts.members })}
        </p>
        {facts?.kind === 'user' && !facts.active && <Note text={t('source.inactive')} />}
        {facts?.kind === 'user' && facts.platformRole === 'viewer' && <Note text={t('source.viewer')} />}
        {inherited.map((grant) => (
          <p key={grant.id} className="text-xs font-normal break-words text-fg-2">
            {t('source.from', { thing: words.thingOf(grant), what: words.given(grant) })}
          </p>
        ))}
      </div>
    </div>
  );
}

const Note = ({ text }: { text: string }) => <p className="text-xs font-normal text-warning">{text}</p>;

const STAGES: Readonly<Record<'new' | 'changed' | 'revoked', Tone>> = {
  new: 'info',
  changed: 'info',
  revoked: 'danger',
};

/** That a row is not as it is saved. */
export function StageBadge({ stage }: { stage: MatrixRow['stage'] }) {
  const t = useTranslations('access.grid');
  if (stage === 'saved') return null;
  return <Badge tone={STAGES[stage]}>{t(stage)}</Badge>;
}
