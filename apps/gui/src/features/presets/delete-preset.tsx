'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { PresetRemoval } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

interface Props {
  name: string;
  title: string;
  version: string;
  onClose: () => void;
}

/** Deletes it; one that containers were made from is archived instead, when that is said. */
export function DeletePreset({ name, title, version, onClose }: Props) {
  const t = useTranslations('catalogue.delete');
  const router = useRouter();
  const remove = useMutation({
    mutationFn: (archive: boolean) =>
      api<PresetRemoval>('DELETE', `/presets/${encodeURIComponent(name)}`, { body: { version, archive } }),
    onSuccess: ({ outcome }) => {
      announce(t(outcome === 'archived' ? 'archived' : 'done', { title }));
      onClose();
      router.push('/catalogue');
      router.refresh();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const error = remove.error instanceof ApiError ? remove.error : null;
  const inUse = error?.envelope.code === 'preset_in_use' ? Number(error.envelope.params?.['count'] ?? 0) : null;
  return (
    <ConfirmDialog
      title={t('title', { title })}
      keep={t('keep')}
      submit={t(inUse === null ? 'submit' : 'archive')}
      act={{ loading: remove.isPending, onClick: () => remove.mutate(inUse !== null) }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        {inUse === null ? (
          <>
            <ErrorNotice error={error} />
            <p className="text-fg-2">{t('text')}</p>
          </>
        ) : (
          <Banner tone="warning" title={t('inUse', { count: inUse })} />
        )}
      </div>
    </ConfirmDialog>
  );
}
