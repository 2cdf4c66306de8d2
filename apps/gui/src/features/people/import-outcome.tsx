'use client';

import { useTranslations } from 'next-intl';
import type { ImportReport } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { countOutcomes, issueKey } from './import.rules.ts';

type Row = ImportReport['rows'][number];

const ICONS: Record<Row['outcome'], StatusIcon> = { create: 'good', exists: 'stopped', invalid: 'bad' };

/** Line by line what happens, or happened; the reason where nothing does. */
export function ImportOutcome({ report, imported }: { report: ImportReport; imported: boolean }) {
  const t = useTranslations('people.import');
  return (
    <section aria-label={t('outcome')} className="flex flex-col gap-2">
      <p role="status" className="font-medium">
        {t(imported ? 'countsDone' : 'counts', { ...countOutcomes(report) })}
      </p>
      <Table boxClassName="max-h-80 overflow-y-auto" tabIndex={0}>
        <caption className="sr-only">{t('outcome')}</caption>
        <TableHead>
          <tr>
            <HeaderCell className="w-14 text-end">{t('column.line')}</HeaderCell>
            <HeaderCell>{t('column.username')}</HeaderCell>
            <HeaderCell>{t('column.outcome')}</HeaderCell>
          </tr>
        </TableHead>
        <tbody>
          {report.rows.map((row) => (
            <OutcomeRow key={row.line} row={row} imported={imported} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function OutcomeRow({ row: { line, username, outcome, issues }, imported }: { row: Row; imported: boolean }) {
  const t = useTranslations('people.import');
  return (
    <TableRow>
      <TableCell className="text-end text-fg-3 tabular-nums">{line}</TableCell>
      <TableCell translate="no" className="font-mono text-xs break-all">
        {username}
      </TableCell>
      <TableCell className="py-1">
        <StatusBadge icon={ICONS[outcome]}>
          {outcome === 'create' && imported ? t('created') : t(`outcomes.${outcome}`)}
        </StatusBadge>
        {issues.map((issue) => (
          <span key={`${issue.path} ${issue.code}`} className="block text-xs text-fg-2">
            {t(`issue.${issueKey(issue)}`)}
          </span>
        ))}
      </TableCell>
    </TableRow>
  );
}
