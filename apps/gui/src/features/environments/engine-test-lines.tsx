import { CircleCheck, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { EngineTest } from '@bailiwick/contract';

type Outcome = EngineTest['lines'][number]['outcome'];

const MARKS: Record<Outcome, { icon: LucideIcon; tone: string }> = {
  ok: { icon: CircleCheck, tone: 'text-success' },
  warning: { icon: TriangleAlert, tone: 'text-warning' },
  failed: { icon: CircleX, tone: 'text-danger' },
};

/** What was looked at and what came of it, line by line. */
export function EngineTestLines({ test }: { test: EngineTest }) {
  const t = useTranslations('environments.test');
  return (
    <ul className="flex flex-col divide-y divide-line">
      {test.lines.map(({ check, outcome, detail, hint }) => {
        const { icon: Icon, tone } = MARKS[outcome];
        return (
          <li key={check} className="flex gap-2 py-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
            <div className="min-w-0">
              <p>
                <span className="font-medium">{t(`check.${check}`)}</span>
                <span className="sr-only">{t(`outcome.${outcome}`)}</span>{' '}
                <span className="break-words text-fg-2">{detail}</span>
              </p>
              {hint !== null && <p className="text-xs text-fg-3">{hint}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
