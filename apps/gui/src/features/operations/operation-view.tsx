'use client';

import { Link2, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Accepted, Operation } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { ActionOutcome } from './action-outcome.tsx';
import { BulkItems } from './bulk-items.tsx';
import { CancelOperation } from './cancel-operation.tsx';
import { DeployOutcome } from './deploy-outcome.tsx';
import { ExportOutcome } from './export-outcome.tsx';
import {
  actionReport,
  bulkItems,
  deployResult,
  exportResult,
  hasContainer,
  isEnded,
  syncReport,
} from './operation.rules.ts';
import { OperationFailure } from './operation-failure.tsx';
import { Duration } from './operation-row.tsx';
import { OperationStatus } from './operation-status.tsx';
import { OperationSteps } from './operation-steps.tsx';
import { useOperationTitle } from './operation-words.ts';
import { SyncOutcome } from './sync-outcome.tsx';

interface Props {
  initial: Operation;
  /** Beside "Try again" where it failed: the way back to what was entered. */
  edit?: ReactNode;
  onDone?: () => void;
}

/** One operation: live while it lasts, the same a month later. */
export function OperationView({ initial, edit, onDone }: Props) {
  const t = useTranslations('operations.page');
  const list = useLiveList(`operation:${initial.id}`, [initial]);
  const operation = useLiveItem(list, initial.id, initial) ?? initial;
  const title = useOperationTitle()(operation);
  const result = deployResult(operation);
  const exported = exportResult(operation);
  const acted = actionReport(operation);
  const synced = syncReport(operation);
  const items = bulkItems(operation);
  useSpokenEnd(operation, title, onDone);
  return (
    <div className="flex flex-col gap-4" data-slot="operation" data-state={operation.state}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-64">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 tabIndex={-1} className="min-w-0 text-xl font-semibold break-words">
              {title}
            </h1>
            <OperationStatus state={operation.state} look="pill" />
          </div>
          <Facts operation={operation} />
        </div>
        <Actions operation={operation} />
      </div>
      {result !== null && operation.state === 'done' && <DeployOutcome operation={operation} result={result} />}
      {exported !== null && operation.state === 'done' && <ExportOutcome operation={operation} result={exported} />}
      {acted !== null && <ActionOutcome report={acted} />}
      {synced !== null && <SyncOutcome report={synced} />}
      <OperationFailure operation={operation} actions={operation.state === 'failed' ? edit : undefined} />
      {items.length > 0 && <BulkItems items={items} />}
      <section aria-label={t('steps')}>
        <h2 className="mb-2 text-md font-semibold">{t('steps')}</h2>
        <OperationSteps steps={operation.steps} of={operation.name} />
      </section>
    </div>
  );
}

function Facts({ operation }: { operation: Operation }) {
  const t = useTranslations('operations.page');
  const { target, startedBy, startedAt, createdAt } = operation;
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-fg-2">
      <span>
        {t('who')} <span translate="no">{startedBy.displayName}</span>
      </span>
      <span>
        {t('started')} <TimeAgo at={startedAt ?? createdAt} />
      </span>
      <span>
        {t('took')} <Duration operation={operation} />
      </span>
      {hasContainer(operation) && (
        <Link href={`/containers/${target.containerId}`} className="text-accent-text underline">
          {t('toContainer')}
        </Link>
      )}
    </p>
  );
}

function Actions({ operation }: { operation: Operation }) {
  const t = useTranslations('operations.page');
  const router = useRouter();
  const showError = useErrorToast();
  const [busy, setBusy] = useState(false);
  const { copied, copy } = useCopy();
  const retry = async () => {
    setBusy(true);
    try {
      const answer = await api<Accepted>('POST', `/operations/${operation.id}/retry`);
      router.push(`/activity/${answer.operation.id}`);
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  const may = new Set(operation.rights.can);
  return (
    <div className="flex flex-wrap gap-2">
      <CancelOperation operation={operation} />
      {may.has('operations.retry') && isEnded(operation) && operation.state !== 'done' && (
        <Button look="primary" loading={busy} onClick={() => void retry()}>
          <RotateCw aria-hidden />
          {t('retry')}
        </Button>
      )}
      <IconButton
        label={copied ? t('linkCopied') : t('copyLink')}
        onClick={() => copy(`${window.location.origin}/activity/${operation.id}`)}
      >
        <Link2 aria-hidden />
      </IconButton>
    </div>
  );
}

/** Says once how it ended, to whoever does not see the page change. */
function useSpokenEnd(operation: Operation, title: string, onDone: (() => void) | undefined): void {
  const t = useTranslations('operations.state');
  const before = useRef(operation.state);
  const { state } = operation;
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (!isEnded({ state })) return;
    announce(`${title}: ${t(state)}`, state === 'failed' ? 'assertive' : 'polite');
    if (state === 'done') onDone?.();
  }, [state, title, t, onDone]);
}
