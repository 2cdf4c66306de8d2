import { useTranslations } from 'next-intl';
import { SETUP_STEPS, type SetupStep } from './setup-steps.rules.ts';

/** How far the setup is: a bar for each step, and the same in words. */
export function SetupSteps({ step }: { step: SetupStep }) {
  const t = useTranslations('setup');
  const at = SETUP_STEPS.indexOf(step);
  return (
    <nav aria-label={t('stepsLabel')} className="mb-5">
      <p className="mb-2 text-xs text-fg-2">
        {t('progress', { step: at + 1, steps: SETUP_STEPS.length, name: t(`steps.${step}`) })}
      </p>
      <ol className="grid grid-cols-6 gap-1.5">
        {SETUP_STEPS.map((each, index) => (
          <li
            key={each}
            aria-current={index === at ? 'step' : undefined}
            className={`h-1 rounded-full ${index <= at ? 'bg-accent' : 'bg-surface-3'}`}
          >
            <span className="sr-only">
              {t(`steps.${each}`)}
              {index < at && ` ${t('stepDone')}`}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
