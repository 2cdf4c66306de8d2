import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';

export const SETUP_STEPS = ['owner', 'engine', 'done'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

export function SetupSteps({ step }: { step: SetupStep }) {
  const t = useTranslations('setup');
  const at = SETUP_STEPS.indexOf(step);
  return (
    <nav aria-label={t('stepsLabel')} className="mb-5">
      <p className="mb-2 text-xs text-fg-3">{t('progress', { step: at + 1, steps: SETUP_STEPS.length })}</p>
      <ol className="grid grid-cols-3 gap-2">
        {SETUP_STEPS.map((each, index) => (
          <li
            key={each}
            aria-current={index === at ? 'step' : undefined}
            className={`flex items-center gap-1.5 border-t-2 pt-1.5 text-xs ${index <= at ? 'border-accent text-fg' : 'border-line text-fg-3'}`}
          >
            {index < at && <CircleCheck aria-hidden className="size-3.5 text-success" />}
            {t(`steps.${each}`)}
          </li>
        ))}
      </ol>
    </nav>
  );
}
