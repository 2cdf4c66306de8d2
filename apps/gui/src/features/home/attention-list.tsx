'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Container, Environment, Operation } from '@bailiwick/contract';
import { StatusBadge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import { useRequestsToAnswer } from '../access-requests/requests-followed.tsx';
import { AttentionLine } from './attention-line.tsx';
import { attentionIn } from './home.rules.ts';

interface Props {
  containers: readonly Container[];
  environments: readonly Environment[];
  operations: readonly Operation[];
}

const MINUTE_MS = 60_000;

/** What somebody should look at, or that there is nothing. */
export function AttentionList({ containers, environments, operations }: Props) {
  const t = useTranslations('home');
  const toAnswer = useRequestsToAnswer();
  const { lines, more } = attentionIn({ containers, environments, operations, toAnswer }, useNow(MINUTE_MS));
  return (
    <>
      {lines.length === 0 ? (
        <p className="rounded-lg border border-line bg-surface-1 p-4">
          <StatusBadge icon="good">{t('allWell')}</StatusBadge>
        </p>
      ) : (
        <ul data-slot="attention" className="divide-y divide-line rounded-lg border border-line bg-surface-1 px-4">
          {lines.map((line) => (
            <AttentionLine key={keyOf(line)} line={line} />
          ))}
        </ul>
      )}
      {more > 0 && (
        <Link
          href="/containers?sort=status"
          className="mt-2 inline-flex min-h-6 items-center text-accent-text hover:underline"
        >
          {t('moreAttention', { count: more })}
        </Link>
      )}
    </>
  );
}

function keyOf(line: ReturnType<typeof attentionIn>['lines'][number]): string {
  switch (line.kind) {
    case 'environment':
      return line.environment.id;
    case 'requests':
      return line.kind;
    case 'container':
      return line.container.id;
    case 'operation':
      return line.operation.id;
  }
}
