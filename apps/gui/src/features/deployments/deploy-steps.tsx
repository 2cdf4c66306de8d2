import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DEPLOY_STEPS, type DeployStep } from './deploy-step.rules.ts';

/** Where one is on the way to a running container. */
export function DeploySteps({ step }: { step: DeployStep }) {
  const t = useTranslations('deploy');
  const at = DEPLOY_STEPS.indexOf(step);
  return (
    <ol aria-label={t('steps')} className="mb-4 flex flex-wrap gap-x-5 gap-y-1 text-fg-3">
      {DEPLOY_STEPS.map((each, index) => (
        <li
          key={each}
          aria-current={each === step ? 'step' : undefined}
          className="flex items-center gap-2 aria-[current=step]:font-medium aria-[current=step]:text-fg"
        >
          <span className="inline-flex size-5 items-center justify-center rounded-full border border-line-strong text-2xs tabular-nums">
            {index < at ? <Check aria-hidden className="size-3" /> : index + 1}
          </span>
          {t(`step.${each}`)}
        </li>
      ))}
    </ol>
  );
}
