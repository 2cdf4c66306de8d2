import { useTranslations } from 'next-intl';
import type { PluginActionReport } from '@bailiwick/contract';

/** What a plugin said at the end, and what it left. */
export function ActionOutcome({ report: { message, result } }: { report: PluginActionReport }) {
  const t = useTranslations('operations.action');
  const left = Object.entries(result ?? {});
  if (message === '' && left.length === 0) return null;
  return (
    <section data-slot="action-outcome" aria-label={t('result')} className="flex flex-col gap-2">
      <h2 className="text-md font-semibold">{t('result')}</h2>
      {message !== '' && <p className="break-words">{message}</p>}
      {left.length > 0 && (
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-lg border border-line bg-surface-1 p-3">
          {left.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-fg-2">{name}</dt>
              <dd translate="no" className="break-words">
                {typeof value === 'string' ? value : JSON.stringify(value)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
