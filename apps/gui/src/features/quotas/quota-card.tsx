'use client';

import { useTranslations } from 'next-intl';
import type { UserId } from '@bailiwick/contract';
import { Card, CardTitle } from '../../ui/card.tsx';
import { QuotaForm } from './quota-form.tsx';
import { QuotaUsage } from './quota-usage.tsx';

/** What somebody may use; on their own page they see it and do not set it. */
export function QuotaCard({ subject, kind }: { subject: UserId; kind: 'person' | 'own' }) {
  const t = useTranslations('quotas');
  const title = t(kind === 'own' ? 'titleOwn' : 'title');
  return (
    <Card aria-label={title} className="mb-4">
      <CardTitle className="mb-1">{title}</CardTitle>
      <p className="mb-4 text-fg-2">{t(`text.${kind}`)}</p>
      <QuotaUsage subject={subject} />
      {kind === 'person' && (
        <div className="mt-4">
          <QuotaForm subject={subject} />
        </div>
      )}
    </Card>
  );
}
