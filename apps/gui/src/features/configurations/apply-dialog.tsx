'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, ChangeConfiguration, Configuration, Container, Operation } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useWhy } from '../containers/why-hook.ts';
import { CheckList } from '../deployments/check-list.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ChangeList } from './change-list.tsx';
import { useApplyReview } from './configuration-queries.ts';
import { isInterrupted, refusalOf } from './configuration-rights.rules.ts';
import { useChangeCheckWords } from './configuration-words.ts';
import { WhatHappens } from './what-happens.tsx';

/** What is to be applied: a change that is saved first, what is saved already, an earlier configuration, or its preset. */
export type Target = { change: ChangeConfiguration } | { number: number } | { preset: string } | 'saved';

interface Props {
  container: Container;
  applied: Configuration;
  target: Target;
  /** Before a change that is not saved is applied. */
  onSave: (change: ChangeConfiguration) => Promise<void>;
  onStarted: (operation: Operation) => void;
  onClose: () => void;
}

/** Field by field what will be different, every check, and what happens to the container; only blocks hold it back. */
export function ApplyDialog({ container, applied, target: first, onSave, onStarted, onClose }: Props) {
  const t = useTranslations('configuration');
  const [target, setTarget] = useState(first);
  const review = useApplyReview(container.id, target === 'saved' ? {} : target);
  const toWords = useChangeCheckWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const reason = useHeldBack(container, review.data);
  const failure = error ?? (review.error instanceof ApiError ? review.error : null);
  const apply = async () => {
    setBusy(true);
    setError(null);
    try {
      if (target !== 'saved' && 'change' in target) {
        await onSave(target.change);
        // Saved it stays, also where it is then refused.
        setTarget('saved');
      }
      const body = target !== 'saved' && !('change' in target) ? target : {};
      const { operation } = await api<Accepted>('POST', `/containers/${container.id}/configuration/apply`, { body });
      onStarted(operation);
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
      setBusy(false);
    }
  };
  const isEarlier = target !== 'saved' && 'number' in target;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={isEarlier ? t('apply.earlier', { number: target.number }) : t('apply.title', { name: container.name })}
        footer={
          <>
            <Button onClick={onClose}>{t('apply.keep')}</Button>
            <DisabledReason reason={reason}>
              <Button
                look="primary"
                loading={busy}
                disabled={review.data === undefined || reason !== null}
                onClick={() => void apply()}
              >
                {isEarlier ? t('versions.back') : t('apply.submit')}
              </Button>
            </DisabledReason>
          </>
        }
      >
        <div className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={failure} />
          {review.data === undefined && review.error === null && (
            <Loading label={t('apply.loading')} className="flex flex-col gap-3">
              <Skeleton className="w-3/4" />
              <Skeleton className="w-2/3" />
            </Loading>
          )}
          {review.data !== undefined && (
            <>
              {review.data.fields.length > 0 && (
                <section aria-label={t('apply.changes')}>
                  <h3 className="text-sm font-medium">{t('apply.changes')}</h3>
                  <ChangeList fields={review.data.fields} />
                </section>
              )}
              <section aria-label={t('apply.checks')}>
                <h3 className="mb-2 text-sm font-medium">{t('apply.checks')}</h3>
                <CheckList checks={review.data.checks} toWords={toWords} />
              </section>
              {review.data.how !== null && (
                <WhatHappens how={review.data.how} interrupted={isInterrupted(applied, review.data.fields)} />
              )}
              {reason !== null && <p role="status">{reason}</p>}
            </>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}

/** Why it cannot be applied now, as a sentence. */
function useHeldBack(container: Container, review: ReturnType<typeof useApplyReview>['data']): string | null {
  const t = useTranslations('configuration');
  const deploy = useTranslations('deploy');
  const why = useWhy();
  if (review === undefined) return null;
  const blocked = review.checks.filter(({ outcome }) => outcome === 'blocked').length;
  if (blocked > 0) return deploy('blocked', { count: blocked });
  if (review.how === null) return t('apply.nothing');
  if (container.operationId !== null) return why({ code: 'busy', params: {} });
  if (review.how === 'live') return null;
  const refusal = refusalOf(container.rights, 'containers.recreate');
  if (refusal !== null) return why(refusal);
  return container.state === 'paused' ? why({ code: 'wrong_state', params: { status: container.status } }) : null;
}
