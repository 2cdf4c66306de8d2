'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Container } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { toast } from '../../ui/toast.tsx';
import { useCommands } from '../containers/intent-hooks.ts';
import { type BulkPlan, needsConfirmation } from '../containers/power.rules.ts';
import { bulkItems } from '../operations/operation.rules.ts';
import { ConfirmBulk } from './confirm-bulk.tsx';

/** Runs a plan over many containers, after asking where that is due; says once how it ended. */
export function useBulk(containers: LiveList<Container>): {
  start: (plan: BulkPlan<Container>) => void;
  dialog: ReactNode;
} {
  const t = useTranslations('containers');
  const router = useRouter();
  const commands = useCommands(containers);
  const [asking, setAsking] = useState<BulkPlan<Container> | null>(null);

  const start = (plan: BulkPlan<Container>) => {
    if (needsConfirmation(plan.action, plan.able.length)) setAsking(plan);
    else void run(plan);
  };
  const run = async ({ action, able }: BulkPlan<Container>) => {
    setAsking(null);
    const ended = await commands.bulk(action, able, action === 'delete');
    if (ended === null) return;
    const items = bulkItems(ended);
    const failed = items.filter(({ ok }) => !ok).length;
    const done = items.length - failed;
    const details = { label: t('bulkDone.details'), onClick: () => router.push(`/activity/${ended.id}`) };
    const words = { action: t(`action.${action}`), done, failed };
    if (failed === 0 && ended.state === 'done') {
      toast.success(t('bulkDone.all', words), { action: details });
      announce(t('bulkDone.all', words));
    } else {
      toast.error(t('bulkDone.some', words), { duration: Infinity, action: details });
      announce(t('bulkDone.some', words), 'assertive');
    }
  };
  const dialog =
    asking === null ? null : (
      <ConfirmBulk plan={asking} onRun={(plan) => void run(plan)} onClose={() => setAsking(null)} />
    );
  return { start, dialog };
}
