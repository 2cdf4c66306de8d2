'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TwoFactorStatus } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { announce } from '../../lib/announce.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { Failure } from '../shell/failure.tsx';
import { CodeForm } from './code-form.tsx';
import { EnrolTwoFactor } from './enrol-two-factor.tsx';
import { RecoveryCodeList } from './recovery-code-list.tsx';
import { renewRecoveryCodes, turnOffTwoFactor, useTwoFactor } from './two-factor.ts';

type Task = { kind: 'rest' | 'renew' | 'turnOff' } | { kind: 'codes'; codes: readonly string[] };

const REST: Task = { kind: 'rest' };

/** Sets up, renews and turns off the second factor of who is looking. */
export function TwoFactorCard({ initial }: { initial?: TwoFactorStatus }) {
  const t = useTranslations('account.twoFactor');
  const queries = useQueryClient();
  const { data, error, refetch } = useTwoFactor(initial);
  const [task, setTask] = useState<Task>(REST);
  const rest = () => setTask(REST);
  const showCodes = (codes: readonly string[]) => {
    setTask({ kind: 'codes', codes });
    announce(t('enabled'));
    void queries.invalidateQueries({ queryKey: ['two-factor'] });
  };

  if (!data)
    return (
      <Card>
        {error instanceof ApiError ? (
          <Failure error={error.envelope} level="part" onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-20" />
        )}
      </Card>
    );
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <CardTitle>{t('title')}</CardTitle>
        <StatusBadge icon={data.enabled ? 'good' : 'stopped'}>{t(data.enabled ? 'state.on' : 'state.off')}</StatusBadge>
      </div>
      {task.kind === 'rest' && <Rest status={data} onCodes={showCodes} onTask={(kind) => setTask({ kind })} />}
      {task.kind === 'renew' && (
        <CodeForm
          text={t('prove.renewText')}
          label={t('prove.code')}
          hint={t('prove.codeHint')}
          submit={t('newCodes')}
          onCancel={rest}
          onCode={async (code) => showCodes((await renewRecoveryCodes(code)).codes)}
        />
      )}
      {task.kind === 'turnOff' && (
        <CodeForm
          text={t('prove.turnOffText')}
          label={t('prove.code')}
          hint={t('prove.codeHint')}
          submit={t('turnOff')}
          look="danger"
          onCancel={rest}
          onCode={async (code) => {
            await turnOffTwoFactor(code);
            await queries.invalidateQueries({ queryKey: ['two-factor'] });
            announce(t('disabled'));
            rest();
          }}
        />
      )}
      {task.kind === 'codes' && <RecoveryCodeList codes={task.codes} onDone={rest} />}
    </Card>
  );
}

interface RestProps {
  status: TwoFactorStatus;
  onCodes: (codes: readonly string[]) => void;
  onTask: (kind: 'renew' | 'turnOff') => void;
}

function Rest({ status, onCodes, onTask }: RestProps) {
  const t = useTranslations('account.twoFactor');
  const { enabled, confirmedAt, recoveryCodesLeft, required } = status;
  if (!enabled)
    return (
      <>
        <p className="text-fg-2">{t('offText')}</p>
        <EnrolTwoFactor onCodes={onCodes} />
      </>
    );
  return (
    <>
      <p className="text-fg-2">
        {t.rich('onText', {
          left: recoveryCodesLeft,
          since: () => (confirmedAt === null ? null : <TimeAgo at={confirmedAt} />),
        })}
      </p>
      {required && <p className="text-fg-2">{t('requiredText')}</p>}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onTask('renew')}>{t('newCodes')}</Button>
        {!required && <Button onClick={() => onTask('turnOff')}>{t('turnOff')}</Button>}
      </div>
    </>
  );
}
