import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { BinItem } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TypedName } from '../../ui/typed-name.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { BIN } from './bin-queries.ts';

/** Nothing brings it back: its name is typed. */
export function PurgeContainer({ item, onClose }: { item: BinItem; onClose: () => void }) {
  const t = useTranslations('bin.purge');
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const purge = useMutation({
    mutationFn: () => api('DELETE', `/bin/${item.id}`, { body: { confirmName: typed } }),
    onSuccess: async () => {
      announce(t('done', { name: item.name }));
      await queries.invalidateQueries({ queryKey: BIN });
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title', { name: item.name })}
      keep={t('keep')}
      submit={t('submit')}
      act={{ loading: purge.isPending, disabled: typed !== item.name, onClick: () => purge.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={purge.error instanceof ApiError ? purge.error : null} />
        <p>{t('goes')}</p>
        <p>{t('stays')}</p>
        <TypedName label={t('type', { name: item.name })} value={typed} onChange={setTyped} />
      </div>
    </ConfirmDialog>
  );
}
