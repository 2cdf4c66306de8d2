'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, AuditFilter, ExportAudit } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { useMay } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

const FORMATS = ['csv', 'ndjson'] as const;

/** Starts the export of what the page shows and leads to where it is written. */
export function ExportButtons({ filter }: { filter: AuditFilter }) {
  const t = useTranslations('audit.export');
  const router = useRouter();
  const showError = useErrorToast();
  const [busy, setBusy] = useState<ExportAudit['format'] | null>(null);
  if (!useMay('audit.export')) return null;
  const start = (format: ExportAudit['format']) => {
    setBusy(format);
    const body: ExportAudit = { format, filter };
    api<Accepted>('POST', '/audit/exports', { body })
      .then(({ operation }) => router.push(`/activity/${operation.id}`))
      .catch((error: unknown) => {
        setBusy(null);
        showError(error);
      });
  };
  return FORMATS.map((format) => (
    <Button key={format} loading={busy === format} disabled={busy !== null} onClick={() => start(format)}>
      <Download aria-hidden />
      {t(format)}
    </Button>
  ));
}
