'use client';

import { ArrowLeft, Rocket } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { DeployReview } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { CopyDetails } from '../shell/copy-details.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { Failure } from '../shell/failure.tsx';
import { CheckList } from './check-list.tsx';
import type { Gift } from './deploy-form.rules.ts';
import { useCheckWords } from './check-words.ts';
import { MadeTabs } from './made-tabs.tsx';

interface Props {
  /** The name of the one it will be in. */
  project: string | undefined;
  access: readonly Gift[];
  review: DeployReview | undefined;
  reviewError: Error | null;
  fresh: boolean;
  /** Why the deployment itself was refused. */
  refusal: ApiError | null;
  deploying: boolean;
  /** What can be kept of it beside. */
  saveAs: ReactNode;
  onRetry: () => void;
  onBack: () => void;
  onDeploy: () => void;
}

/** What will be made and every check with its outcome; only what is blocked holds the deployment back. */
export function ReviewStep({
  project,
  access,
  review,
  reviewError,
  fresh,
  refusal,
  deploying,
  saveAs,
  onRetry,
  onBack,
  onDeploy,
}: Props) {
  const t = useTranslations('deploy');
  const toWords = useErrorWords();
  const toCheckWords = useCheckWords();
  const blocked = review?.checks.filter(({ outcome }) => outcome === 'blocked').length ?? 0;
  const reason = blocked > 0 ? t('blocked', { count: blocked }) : null;
  if (review === undefined && reviewError instanceof ApiError) {
    return <Failure level="part" error={reviewError.envelope} onRetry={onRetry} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {refusal !== null && (
        <Banner tone="danger" title={toWords(refusal.envelope).text} actions={<CopyDetails error={refusal.envelope} />}>
          {toWords(refusal.envelope).hint}
        </Banner>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card aria-label={t('checks')} className="min-w-0">
          <CardTitle className="mb-3">{t('checks')}</CardTitle>
          {review === undefined ? <ChecksLoading /> : <CheckList checks={review.checks} toWords={toCheckWords} />}
        </Card>
        <Card aria-label={t('makes')} className="min-w-0">
          <CardTitle className="mb-3">{t('makes')}</CardTitle>
          {review === undefined ? <ChecksLoading /> : <MadeTabs review={review} project={project} access={access} />}
          {saveAs}
        </Card>
      </div>
      <div className="flex flex-wrap justify-end gap-2 max-md:sticky max-md:bottom-16 max-md:z-20 max-md:rounded-lg max-md:border max-md:border-line max-md:bg-surface-1 max-md:p-3 max-md:shadow-pop">
        <Button onClick={onBack}>
          <ArrowLeft aria-hidden className="rtl:rotate-180" />
          {t('back')}
        </Button>
        <DisabledReason reason={reason}>
          <Button
            look="primary"
            loading={deploying}
            disabled={review === undefined || reason !== null}
            onClick={onDeploy}
          >
            <Rocket aria-hidden />
            {t('deploy')}
          </Button>
        </DisabledReason>
      </div>
      {!fresh && review !== undefined && (
        <p role="status" className="sr-only">
          {t('checking')}
        </p>
      )}
    </div>
  );
}

function ChecksLoading() {
  const t = useTranslations('deploy');
  return (
    <Loading label={t('checking')} className="flex flex-col gap-3">
      <Skeleton className="w-3/4" />
      <Skeleton className="w-2/3" />
      <Skeleton className="w-4/5" />
      <Skeleton className="w-1/2" />
    </Loading>
  );
}
