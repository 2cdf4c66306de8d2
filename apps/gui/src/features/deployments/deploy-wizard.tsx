'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Accepted, DeployInput, Operation, Preset, Project } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { api, ApiError, newIdempotencyKey } from '../../lib/api.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { OperationView } from '../operations/operation-view.tsx';
import { PresetIcon } from '../presets/preset-icon.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { ConfigureStep } from './configure-step.tsx';
import { dropDraft, findDraft, keepDraft, openDraft } from './deploy-draft.ts';
import {
  checkForm,
  type DeployForm,
  type FormIssues,
  issuesOfRefusal,
  issuesOfReview,
  startForm,
  toDeployInput,
} from './deploy-form.rules.ts';
import { DeploySteps } from './deploy-steps.tsx';
import { type DeployStep, readDeployStep } from './deploy-step.rules.ts';
import { EditAgain } from './edit-again.tsx';
import { ReviewStep } from './review-step.tsx';
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
}: Props) {
  const t = useTranslations('deploy');
  const parameters = useAddressQuery();
  const [started, setStarted] = useState<Operation | null>(loaded);
  const step = readDeployStep(parameters.get('step'), started !== null);
  const { form, change } = useDraft(address, { preset, takenNames, projects, fill });
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
          description={preset.description}
          actions={<PresetIcon name={preset.icon} className="size-6 text-fg-3 max-sm:hidden" />}
        />
      </div>
      <DeploySteps step={step} />
      {step === 'review' && !wrong ? (
        <ReviewStep
          project={projects.find(({ id }) => id === form.project)?.name}
          review={review.data}
          reviewError={review.error}
          fresh={review.fresh}
          refusal={deployment.refusal}
          deploying={deployment.deploying}
          onRetry={() => void review.refetch()}
          onBack={() => go('configure')}
          onDeploy={() => input !== null && deployment.deploy(input)}
        />
      ) : (
        <ConfigureStep
          preset={preset}
          projects={projects}
          form={form}
          coreIssues={coreIssues}
          review={review.data}
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

/** The form as it is edited; the tab's draft is known in the browser only, the server renders the fresh form. */
function useDraft(
  address: string,
  { preset, takenNames, projects, fill }: Pick<Props, 'preset' | 'takenNames' | 'projects' | 'fill'>,
) {
  const [fresh] = useState(() => {
    const form = startForm(preset, takenNames);
    return fill?.(form) ?? form;
  });
  const [edited, setEdited] = useState<DeployForm | null>(null);
  const draft = useSyncExternalStore(
    nothingToWatch,
    () => findDraft(address),
    () => null,
  );
  const kept = useMemo(() => openDraft(draft, fresh, projects), [draft, fresh, projects]);
  const change = (next: DeployForm) => {
    setEdited(next);
    keepDraft(address, preset, next);
  };
  return { form: edited ?? kept, change };
}

const nothingToWatch = () => () => undefined;

/** Each step has its address, so that the browser's Back is the step before. */
function useStepAddress(address: string): (step: DeployStep, operationId?: string) => void {
  return (step, operationId) => {
    const query = new URLSearchParams({ step, ...(operationId === undefined ? {} : { op: operationId }) });
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
  const send = async (body: ReturnType<typeof toDeployInput>) => {
    keyRef.current ??= newIdempotencyKey();
    setDeploying(true);
    setRefusal(null);
    try {
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
    deploy: (body: ReturnType<typeof toDeployInput>) => void send(body),
    forgive: () => {
      keyRef.current = null;
      setRefusal(null);
    },
  };
}
