'use client';

import { CircleCheck, Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { AuditExport, Operation } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';

/** The file is written: how much it is, how long it is there, and the way to it. */
export function ExportOutcome({ operation, result }: { operation: Operation; result: AuditExport }) {
  const t = useTranslations('operations.export');
  const locale = useLocale();
  const expiresAt = Date.parse(result.expiresAt);
  if (useNow(10_000) >= expiresAt) return <Banner title={t('over')} />;
  const done = t('done', { rows: result.rows, size: formatBytes(result.bytes, locale) });
  return (
    <section
      aria-label={done}
      data-slot="export-outcome"
      className="flex flex-col gap-3 rounded-lg border border-success-dot bg-surface-1 p-4"
    >
      <p className="flex items-center gap-2 text-md font-semibold">
        <CircleCheck aria-hidden className="size-5 text-success" />
        {done}
      </p>
      {/* Server and browser are in different time zones; the browser's text stands. */}
      <p className="text-fg-2" suppressHydrationWarning>
        {t('until', {
          time: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(expiresAt),
        })}
      </p>
      <Button asChild look="primary" className="self-start">
        <a href={`/api/v1/audit/exports/${operation.id}`} download>
          <Download aria-hidden />
          {t('download')}
        </a>
      </Button>
    </section>
  );
}
