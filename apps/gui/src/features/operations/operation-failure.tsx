'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Operation } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { CopyDetails } from '../shell/copy-details.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { logLinesOf } from './operation.rules.ts';
import { useStepTitle } from './operation-words.ts';

/** Why it failed, at which step, what to do, and everything somebody else needs to help. */
export function OperationFailure({ operation, actions }: { operation: Operation; actions?: ReactNode }) {
  const t = useTranslations('operations.page');
  const common = useTranslations('common');
  const toWords = useErrorWords();
  const stepTitle = useStepTitle(operation.name);
  const { error, failedStep, state } = operation;
  if (state === 'cancelled') {
    return (
      <Banner tone="info" title={t('cancelled')}>
        {t('cancelledText')}
      </Banner>
    );
  }
  if (error === null) return null;
  const words = toWords(error);
  const lines = logLinesOf(error);
  return (
    <Banner
      tone="danger"
      title={words.text}
      actions={
        <>
          {actions}
          <CopyDetails error={{ ...error, requestId: operation.id }} />
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {failedStep !== null && <p>{t('failedAt', { step: stepTitle({ name: failedStep }) })}</p>}
        {words.hint !== '' && <p>{words.hint}</p>}
        {lines.length > 0 && <Lines title={t('logLines')} text={lines.join('\n')} open />}
        {error.raw !== undefined && (
          <Lines title={operation.name === 'mail.test' ? t('serverSaid') : common('engineSaid')} text={error.raw} />
        )}
      </div>
    </Banner>
  );
}

function Lines({ title, text, open = false }: { title: string; text: string; open?: boolean }) {
  return (
    <details open={open}>
      <summary className="min-h-6 text-xs">{title}</summary>
      <pre
        translate="no"
        tabIndex={0}
        aria-label={title}
        className="mt-1 max-h-64 overflow-auto rounded-md border border-line bg-inset p-2 font-mono text-xs whitespace-pre-wrap text-fg"
      >
        {text}
      </pre>
    </details>
  );
}
