'use client';

import { useTranslations } from 'next-intl';
import type { OperationStep } from '@bailiwick/contract';
import { Progress } from '../../ui/progress.tsx';
import { useStepNote } from './operation-note.ts';
import { Duration } from './operation-row.tsx';
import { StepStatus } from './operation-status.tsx';
import { useStepTitle } from './operation-words.ts';

/** Each step with its state, how long it took and, while it runs, how far it is. */
export function OperationSteps({ steps, of }: { steps: readonly OperationStep[]; of: string }) {
  return (
    <ol className="divide-y divide-line rounded-lg border border-line bg-surface-1">
      {steps.map((step) => (
        <Step key={step.name} step={step} of={of} />
      ))}
    </ol>
  );
}

function Step({ step, of }: { step: OperationStep; of: string }) {
  const t = useTranslations('operations');
  const title = useStepTitle(of)(step);
  const note = useStepNote(step);
  const running = step.state === 'running';
  return (
    <li
      data-slot="operation-step"
      data-step={step.name}
      data-state={step.state}
      className="flex flex-col gap-1.5 px-4 py-2.5"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <span className="min-w-0 grow font-medium">{title}</span>
        {step.attempts > 1 && <span className="text-xs text-fg-3">{t('page.attempts', { count: step.attempts })}</span>}
        {step.startedAt !== null && (
          <span className="text-xs text-fg-3 tabular-nums">
            <Duration operation={step} />
          </span>
        )}
        <StepStatus state={step.state} />
      </div>
      {running && <Progress percent={step.percent} label={t('progressOf', { title })} />}
      {running && note !== null && <p className="text-xs break-words text-fg-2">{note}</p>}
    </li>
  );
}
