'use client';

import { CircleCheck, CircleX, Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ExplainedStep, Explanation } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { copyText } from '../../ui/clipboard.ts';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { useMe } from '../identity/me.tsx';
import { Failure } from '../shell/failure.tsx';
import { type Question, useExplanation } from './access-queries.ts';
import { useAccessWords } from './access-words.ts';
import { useCapabilityWords } from './capability-words.ts';
import { ExplainFixes } from './explain-fixes.tsx';
import { explainAddress } from './explain-link.rules.ts';
import { GrantSource } from './grant-source.tsx';

interface Props extends Question {
  /** After something in it was chosen that changes the page behind. */
  onDone?: () => void;
}

/** Why somebody may do something, or not: the verdict, the rules that led to it, and what would change it. */
export function Explain({ onDone, ...question }: Props) {
  const t = useTranslations('access.explain');
  const { data, error, refetch } = useExplanation(question);
  if (data) return <Verdict explanation={data} {...(onDone ? { onDone } : {})} />;
  if (error instanceof ApiError) return <Failure error={error.envelope} level="part" onRetry={() => void refetch()} />;
  return (
    <Loading label={t('loading')} className="flex flex-col gap-3">
      <Skeleton className="h-5 w-3/4" />
      <Skeleton className="w-full" />
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
    </Loading>
  );
}

function Verdict({ explanation, onDone }: { explanation: Explanation; onDone?: () => void }) {
  const t = useTranslations('access.explain');
  const words = useAccessWords();
  const { name, sentence } = useCapabilityWords();
  const isOwn = useMe().user.id === explanation.principal.id;
  const { allowed, capability, principal, resource } = explanation;
  const Icon = allowed ? CircleCheck : CircleX;
  const what = name(capability);
  const verdict = isOwn
    ? t(allowed ? 'youYes' : 'youNo', { what })
    : t(allowed ? 'yes' : 'no', { name: principal.name, what });
  const copy = () =>
    void copyText(window.location.origin + explainAddress(resource.target.id, principal.id, capability)).then(
      (done) => done && toast(t('linkCopied')),
    );
  return (
    <div data-slot="explain" data-allowed={allowed} className="flex flex-col gap-4">
      <div className="flex items-start gap-2">
        <Icon aria-hidden className={cn('mt-0.5 size-5 shrink-0', allowed ? 'text-success' : 'text-danger')} />
        <div className="min-w-0">
          <h2 className="text-lg font-semibold text-balance break-words">{verdict}</h2>
          <p className="text-fg-2">
            {t('onThing', { thing: words.thing(resource.target.kind, resource.name) })}. {sentence(capability)}
          </p>
        </div>
      </div>
      <Trace steps={explanation.trace} allowed={allowed} />
      <ExplainFixes explanation={explanation} {...(onDone ? { onDone } : {})} />
      {resource.target.kind === 'container' && (
        <Button size="small" look="ghost" className="self-start" onClick={copy}>
          <Link2 aria-hidden />
          {t('copyLink')}
        </Button>
      )}
    </div>
  );
}

/** The deciding rule and those that said anything; the silent ones before and after are counted, and can be shown. */
function Trace({ steps, allowed }: { steps: readonly ExplainedStep[]; allowed: boolean }) {
  const t = useTranslations('access.explain');
  const [all, setAll] = useState(false);
  const winner = steps.findIndex(({ wins }) => wins);
  const isTold = ({ wins, effect, rule }: ExplainedStep) => wins || (effect !== 'none' && rule !== 'default');
  const shown = all ? steps : steps.filter(isTold);
  const early = all ? 0 : winner;
  const late = steps.length - early - shown.length;
  return (
    <section aria-label={t('trace')}>
      <h3 className="mb-1.5 text-xs font-medium text-fg-2">{t('trace')}</h3>
      {early > 0 && <Silent text={t('early', { count: early })} onShow={() => setAll(true)} />}
      <ol className="flex flex-col gap-1.5">
        {shown.map((step) => (
          <Step key={step.rule} step={step} allowed={allowed} />
        ))}
      </ol>
      {late > 0 && <Silent text={t('late', { count: late })} onShow={() => setAll(true)} />}
    </section>
  );
}

function Silent({ text, onShow }: { text: string; onShow: () => void }) {
  return (
    <button
      type="button"
      onClick={onShow}
      className="my-1 flex min-h-6 items-center text-xs text-fg-2 underline decoration-line-strong underline-offset-2 hover:text-fg touch:min-h-11"
    >
      {text}
    </button>
  );
}

function Step({ step, allowed }: { step: ExplainedStep; allowed: boolean }) {
  const t = useTranslations('access.explain');
  const words = useCapabilityWords();
  return (
    <li
      data-slot="explain-step"
      data-wins={step.wins}
      className={cn(
        'rounded-md border px-2.5 py-1.5',
        step.wins
          ? allowed
            ? 'border-success-dot bg-success-subtle'
            : 'border-danger-dot bg-danger-subtle'
          : 'border-line text-fg-3',
      )}
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className={cn('font-medium', step.wins && 'text-fg')}>{words.rule(step.rule)}</span>
        {step.wins && (
          <span className={cn('text-xs font-medium', allowed ? 'text-success' : 'text-danger')}>{t('decides')}</span>
        )}
      </p>
      <p className={step.wins ? 'text-fg' : undefined}>{words.step(step)}</p>
      {step.sources.map((grant) => (
        <GrantSource key={grant.id} grant={grant} className={step.wins ? 'text-fg-2' : undefined} />
      ))}
    </li>
  );
}
