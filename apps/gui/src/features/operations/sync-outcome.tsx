import { useTranslations } from 'next-intl';
import type { PluginSyncReport } from '@bailiwick/contract';
import { StatusBadge } from '../../ui/badge.tsx';

/** Who a plugin brought, changed and was refused; of a dry run, who it would. */
export function SyncOutcome({ report }: { report: PluginSyncReport }) {
  const t = useTranslations('operations.sync');
  const { dryRun, refused, message, rows } = report;
  const counts = { created: report.created, updated: report.updated, unchanged: report.unchanged };
  const words = { created: t('created'), updated: t('updated'), unchanged: t('unchanged'), refused: t('refusedOne') };
  return (
    <section data-slot="sync-outcome" aria-label={t('people')} className="flex flex-col gap-2">
      <p className="text-md font-semibold">{dryRun ? t('dry', counts) : t('done', counts)}</p>
      {refused > 0 && <p className="text-danger">{t('refused', { count: refused })}</p>}
      {message !== '' && <p className="break-words text-fg-2">{t('said', { message })}</p>}
      {rows.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface-1">
          {rows.map(({ username, tenant, outcome, reason }) => (
            <li key={`${tenant}/${username}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-2">
              <span translate="no" className="min-w-0 break-all">
                {username} <span className="text-fg-3">{tenant}</span>
              </span>
              <StatusBadge icon={outcome === 'refused' ? 'bad' : 'good'}>{words[outcome]}</StatusBadge>
              {reason !== '' && <span className="min-w-0 break-words text-fg-2">{reason}</span>}
            </li>
          ))}
        </ul>
      )}
      {rows.length >= 1000 && <p className="text-fg-3">{t('more', { count: rows.length })}</p>}
    </section>
  );
}
