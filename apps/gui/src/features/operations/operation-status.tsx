'use client';

import { useTranslations } from 'next-intl';
import type { Operation, OperationStep } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';

const STATES: Record<Operation['state'], StatusIcon> = {
  queued: 'created',
  running: 'busy',
  cancelling: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'stopped',
};
const STEPS: Record<OperationStep['state'], StatusIcon> = {
  pending: 'created',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  skipped: 'stopped',
};

export function OperationStatus({ state, look = 'text' }: { state: Operation['state']; look?: 'text' | 'pill' }) {
  const t = useTranslations('operations');
  return (
    <StatusBadge icon={STATES[state]} look={look}>
      {t(`state.${state}`)}
    </StatusBadge>
  );
}

export function StepStatus({ state }: { state: OperationStep['state'] }) {
  const t = useTranslations('operations');
  return <StatusBadge icon={STEPS[state]}>{t(`stepState.${state}`)}</StatusBadge>;
}
