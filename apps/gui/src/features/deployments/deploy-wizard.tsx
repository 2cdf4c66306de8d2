'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Accepted, DeployInput, Draft, DraftId, Operation, Preset, Project } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { api, ApiError, newIdempotencyKey } from '../../lib/api.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { OperationView } from '../operations/operation-view.tsx';
import { PresetIcon } from '../presets/preset-icon.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { ConfigureStep } from './configure-step.tsx';
import { dropDraft } from './deploy-draft.ts';
import { checkForm, type DeployForm, type FormIssues, toDeployInput } from './deploy-form.rules.ts';
import { issuesOfRefusal, issuesOfReview } from './refused-fields.rules.ts';
import { DraftNotice } from './draft-notice.tsx';
import { DeploySteps } from './deploy-steps.tsx';
import { type DeployStep, readDeployStep } from './deploy-step.rules.ts';
import { EditAgain } from './edit-again.tsx';
import { ReviewStep } from './review-step.tsx';
import { SaveAs } from './save-as.tsx';
import { type Drafted, useDraft } from './use-draft.ts';
import { useReview } from './use-review.ts';

interface Props {
  /** Where it is filled in: each has a draft of its own. */
  address?: string;
  preset: Preset;
  takenNames: readonly string[];
  /** Those it may be brought into. */
  projects: readonly Project[];
  /** The operation in the address, when the page was loaded at the last step. */
  operation: Operation | null;
  /** What is filled in at the beginning, beyond what the preset knows. */
  fill?: ((fresh: DeployForm) => DeployForm) | undefined;
  /** The request for a form without issues; a preset's own, unless said otherwise. */
  toInput?: (form: DeployForm) => DeployInput;
  /** The draft in the address. */
  draft?: Draft | null;
  /** As what it is kept until it is deployed: of its preset, unless said otherwise. */
  drafted?: Drafted;
}

/** From a preset to a running container: configure, review, run. Going back loses nothing. */
export function DeployWizard({
  preset,
  address = `/deploy/${preset.name}`,
  takenNames,
  projects,
  operation: loaded,
  fill,
  toInput,
  draft = null,
  drafted = { preset: preset.name },
}: Props) {
  const t = useTranslations('deploy');
  const parameters = useAddressQuery();
  const [started, setStarted] = useState<Operation | null>(loaded);
  const step = readDeployStep(parameters.get('step'), started !== null);
  const wished = { preset, takenNames, projects, fill, saved: draft, drafted };
  const { form, change, keeper, state, known, takeSaved } = useDraft(address, wished);
  const go = useStepAddress(address);
  const headingRef = useFocusOnStep(step);

  const wrong = Object.keys(checkForm(preset, form)).length > 0;
  const input = useMemo(
    () => (wrong ? null : (toInput?.(form) ?? toDeployInput(preset, form))),
    [preset, form, wrong, toInput],
  );
  const review = useReview(step === 'run' ? null : input);
  const deployment = useDeployment((operation) => {
    setStarted(operation);
    go('run', operation.id);
  });
  const coreIssues: FormIssues = {
    ...(input !== null && review.data !== undefined && review.fresh ? issuesOfReview(input, review.data) : {}),
    ...(deployment.refusal !== null && input !== null ? issuesOfRefusal(input, deployment.refusal.envelope) : {}),
  };
  const forget = useCallback(() => dropDraft(address), [address]);

  if (step === 'run' && started !== null) {
    return (
      <div className="max-w-4xl">
        <DeploySteps step={step} />
        <OperationView
          key={started.id}
          initial={started}
          edit={<EditAgain onEdit={() => go('configure')} />}
          onDone={forget}
        />
      </div>
    );
  }
  return (
    <div className="max-w-6xl">
      <div ref={headingRef}>
        <PageHeader
          title={t('title', { title: preset.title })}
          {...(preset.description !== preset.title && { description: preset.description })}
          actions={<PresetIcon name={preset.icon} className="size-6 text-fg-3 max-sm:hidden" />}
        />
      </div>
      <DeploySteps step={step} />
      <DraftNotice state={state} draft={known} onTake={takeSaved} onKeep={() => keeper.overwrite()} />
      {step === 'review' && !wrong ? (
        <ReviewStep
          access={form.access}
          project={projects.find(({ id }) => id === form.project)?.name}
          review={review.data}
          reviewError={review.error}
          fresh={review.fresh}
          refusal={deployment.refusal}
          deploying={deployment.deploying}
          saveAs={
            input !== null &&
            review.data !== undefined && (
              <SaveAs preset={preset} input={input} written={review.data.written} fresh={review.fresh} />
            )
          }
          onRetry={() => void review.refetch()}
          onBack={() => go('configure')}
          onDeploy={() => input !== null && deployment.deploy(input, () => keeper.stop())}
        />
      ) : (
        <ConfigureStep
          preset={preset}
          projects={projects}
          form={form}
          coreIssues={coreIssues}
          review={review.data}
          input={input}
          onChange={(next) => {
            change(next);
            deployment.forgive();
          }}
          onNext={() => go('review')}
        />
      )}
    </div>
  );
}

/** Each step has its address, so that the browser's Back is the step before. */
function useStepAddress(address: string): (step: DeployStep, operationId?: string) => void {
  return (step, operationId) => {
    const draft = new URLSearchParams(window.location.search).get('draft');
    const query = new URLSearchParams({
      step,
      ...(operationId === undefined ? {} : { op: operationId }),
      ...(draft === null ? {} : { draft }),
    });
    changeAddress(`${address}?${query}`, 'push');
    window.scrollTo({ top: 0 });
  };
}

function useFocusOnStep(step: DeployStep) {
  const headingRef = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    headingRef.current?.querySelector('h1')?.focus({ preventScroll: true });
  }, [step]);
  return headingRef;
}

/** Sends the deployment; however often it is pressed, one intent has one effect. */
function useDeployment(onAccepted: (operation: Operation) => void) {
  const router = useRouter();
  const showError = useErrorToast();
  const [deploying, setDeploying] = useState(false);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const keyRef = useRef<string | null>(null);
  const send = async (input: DeployInput, stopDraft: () => Promise<DraftId | undefined>) => {
    keyRef.current ??= newIdempotencyKey();
    setDeploying(true);
    setRefusal(null);
    try {
      const draft = await stopDraft();
      const body = { ...input, ...(draft !== undefined && { draft }) };
      const { operation } = await api<Accepted>('POST', '/deployments', { body, idempotencyKey: keyRef.current });
      keyRef.current = null;
      onAccepted(operation);
    } catch (error) {
      if (!(error instanceof ApiError)) return showError(error);
      // A lost answer is asked for again with the same key; a refusal ends the intent.
      if (error.status < 502) keyRef.current = null;
      setRefusal(error);
      if (error.envelope.code === 'unauthenticated') router.refresh();
    } finally {
      setDeploying(false);
    }
  };
  return {
    deploying,
    refusal,
    deploy: (...wish: Parameters<typeof send>) => void send(...wish),
    forgive: () => {
      keyRef.current = null;
      setRefusal(null);
    },
  };
}
