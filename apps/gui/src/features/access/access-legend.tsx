import { useTranslations } from 'next-intl';
import { CellSign } from './access-cell.tsx';

const SIGNS = ['role', 'exception', 'inherited', 'denied', 'none', 'some', 'locked'] as const;

/** What the signs of the matrix mean. */
export function AccessLegend() {
  const t = useTranslations('access.legend');
  return (
    <ul aria-label={t('label')} className="flex flex-wrap gap-x-4 gap-y-1.5 text-xs text-fg-2">
      {SIGNS.map((sign) => (
        <li key={sign} className="inline-flex items-center gap-1.5">
          <CellSign sign={sign} className="size-5" />
          {t(sign)}
        </li>
      ))}
    </ul>
  );
}
