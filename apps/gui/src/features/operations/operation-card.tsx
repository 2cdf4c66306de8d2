'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import type { Operation } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CancelOperation } from './cancel-operation.tsx';
import { isEnded } from './operation.rules.ts';
import { OperationFailure } from './operation-failure.tsx';
import { OperationStatus } from './operation-status.tsx';
import { OperationSteps } from './operation-steps.tsx';
import { useOperationTitle } from './operation-words.ts';

interface Props {
  initial: Operation;
  /** What is said below the reason where it failed. */
  failedText?: string;
  onEnded: () => void;
  onClose: () => void;
}

/** What was just started, step by step, until somebody has read how it ended. */
export function OperationCard({ initial, failedText, onEnded, onClose }: Props) {
  const t = useTranslations('operations.card');
  const states = useTranslations('operations.state');
  const list = useLiveList(`operation:${initial.id}`, [initial]);
  const operation = useLiveItem(list, initial.id, initial) ?? initial;
  const title = useOperationTitle()(operation);
  const hasEnded = isEnded(operation);
  const spoken = useRef(false);
  useEffect(() => {
    if (!hasEnded || spoken.current) return;
    spoken.current = true;
    announce(`${title}: ${states(operation.state)}`, operation.state === 'failed' ? 'assertive' : 'polite');
    onEnded();
  }, [hasEnded, onEnded, operation.state, states, title]);
  return (
    <Card
      aria-label={t('label')}
      data-slot="operation-card"
      data-state={operation.state}
      className="flex flex-col gap-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link href={`/activity/${operation.id}`} className="min-w-0 grow font-medium break-words hover:underline">
          {title}
        </Link>
        <OperationStatus state={operation.state} />
        <CancelOperation operation={operation} size="small" />
        {hasEnded && (
          <Button size="small" onClick={onClose}>
            {t('close')}
          </Button>
        )}
      </div>
      <OperationFailure operation={operation} />
      {operation.state === 'failed' && failedText !== undefined && <p className="text-fg-2">{failedText}</p>}
      {!hasEnded && <OperationSteps steps={operation.steps} of={operation.name} />}
    </Card>
  );
}
