'use client';

import { useTranslations } from 'next-intl';
import type { Container } from '@bailiwick/contract';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { BulkPlan } from '../containers/power.rules.ts';

interface Props {
  plan: BulkPlan<Container>;
  onRun: (plan: BulkPlan<Container>) => void;
  onClose: () => void;
}

/** Names everything an action reaches before it reaches it. */
export function ConfirmBulk({ plan, onRun, onClose }: Props) {
  const t = useTranslations('containers');
  const { action, able, unable } = plan;
  const title = t(`confirm.${action}`, { count: able.length });
  const alive = able.filter(({ state }) => state === 'running' || state === 'paused' || state === 'restarting').length;
  return (
    <ConfirmDialog
      title={title}
      description={t('confirm.question')}
      keep={t('confirm.keep')}
      submit={title}
      act={{ look: action === 'delete' || action === 'kill' ? 'danger' : 'primary', onClick: () => onRun(plan) }}
      onClose={onClose}
    >
      <ul
        aria-label={t('confirm.names')}
        tabIndex={0}
        className="max-h-56 overflow-y-auto rounded-md border border-line bg-inset px-3 py-2"
      >
        {able.map(({ id, name }) => (
          <li key={id} translate="no" className="truncate py-0.5">
            {name}
          </li>
        ))}
      </ul>
      {unable.length > 0 && <p className="mt-2 text-fg-2">{t('confirm.left', { count: unable.length })}</p>}
      {action === 'delete' && (
        <dl className="mt-3 flex flex-col gap-2">
          {alive > 0 && <p>{t('delete.runningMany', { count: alive })}</p>}
          <div>
            <dt className="font-medium">{t('delete.goes')}</dt>
            <dd className="text-fg-2">{t('delete.manyGoes')}</dd>
          </div>
          <div>
            <dt className="font-medium">{t('delete.stays')}</dt>
            <dd className="text-fg-2">{t('delete.manyStays')}</dd>
          </div>
        </dl>
      )}
    </ConfirmDialog>
  );
}
