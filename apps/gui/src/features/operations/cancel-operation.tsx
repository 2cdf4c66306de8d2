'use client';

import { Ban } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, Operation } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { isEnded } from './operation.rules.ts';

interface Props {
  operation: Pick<Operation, 'id' | 'state' | 'rights'>;
  size?: 'small';
}

/** Nothing for who may not, and where it has ended. */
export function CancelOperation({ operation, size }: Props) {
  const t = useTranslations('operations.page');
  const fail = useErrorToast();
  const [busy, setBusy] = useState(false);
  if (!operation.rights.can.includes('operations.cancel') || isEnded(operation)) return null;
  const cancel = async () => {
    setBusy(true);
    try {
      await api<Accepted>('POST', `/operations/${operation.id}/cancel`);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      {...(size ? { size } : {})}
      loading={busy}
      disabled={operation.state === 'cancelling'}
      onClick={() => void cancel()}
    >
      <Ban aria-hidden />
      {operation.state === 'cancelling' ? t('cancelling') : t('cancel')}
    </Button>
  );
}
