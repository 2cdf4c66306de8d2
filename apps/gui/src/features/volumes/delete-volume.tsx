import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, Volume } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TypedName } from '../../ui/typed-name.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useVolumeSize, VOLUMES } from './volume-queries.ts';

/** Nothing brings data back: what goes is named, and its name is typed. */
export function DeleteVolume({ volume, onClose }: { volume: Volume; onClose: () => void }) {
  const t = useTranslations('volumes.delete');
  const locale = useLocale();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const bytes = useVolumeSize(volume, { asked: true }).data?.sizeBytes ?? null;
  const remove = useMutation({
    mutationFn: () => api<Accepted>('DELETE', `/volumes/${volume.id}`, { body: { confirmName: typed } }),
    onSuccess: async () => {
      announce(t('started', { name: volume.name }));
      await queries.invalidateQueries({ queryKey: VOLUMES });
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title')}
      keep={t('keep')}
      submit={t('submit')}
      act={{ loading: remove.isPending, disabled: typed !== volume.name, onClick: () => remove.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
        <section>
          <h3 className="text-sm font-medium">{t('goes')}</h3>
          <p className="mt-1 break-words text-fg-2">
            {t('what', { name: volume.name, size: bytes === null ? 'none' : formatBytes(bytes, locale) })}{' '}
            {t('lastUsed', { container: volume.lastContainerName })}
          </p>
        </section>
        <p>{t('noWay')}</p>
        <TypedName label={t('type', { name: volume.name })} value={typed} onChange={setTyped} />
      </div>
    </ConfirmDialog>
  );
}
