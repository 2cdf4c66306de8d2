import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Accepted, type BinItem, ContainerName } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { BIN } from './bin-queries.ts';

/** As it was, unless its name or its ports are somebody else's by now. */
export function RestoreContainer({ item, onClose }: { item: BinItem; onClose: () => void }) {
  const t = useTranslations('bin.restore');
  const router = useRouter();
  const queries = useQueryClient();
  const [name, setName] = useState(item.name);
  const [anyPorts, setAnyPorts] = useState(false);
  const restore = useMutation({
    mutationFn: () => api<Accepted>('POST', `/bin/${item.id}/restore`, { body: { name, anyPorts } }),
    onSuccess: async ({ operation }) => {
      announce(t('started', { name }));
      await queries.invalidateQueries({ queryKey: BIN });
      router.push(`/activity/${operation.id}`);
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const isName = ContainerName.safeParse(name).success;
  const code = restore.error instanceof ApiError ? restore.error.envelope.code : null;
  return (
    <ConfirmDialog
      title={t('title', { name: item.name })}
      keep={t('keep')}
      submit={t('submit')}
      act={{ look: 'primary', loading: restore.isPending, disabled: !isName, onClick: () => restore.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={restore.error instanceof ApiError ? restore.error : null} />
        <p>{t('text')}</p>
        {item.data.length > 0 && (
          <ul className="flex flex-col gap-1 text-fg-2">
            {item.data.map(({ name: volume, target, state }) => (
              <li key={volume} className="break-words">
                {t(`data.${state}`, { target })}
              </li>
            ))}
          </ul>
        )}
        <Field label={t('name')} error={isName ? undefined : t('invalidName')}>
          {(control) => (
            <Input {...control} value={name} autoComplete="off" onChange={({ target }) => setName(target.value)} />
          )}
        </Field>
        {(code === 'port_conflict' || anyPorts) && (
          <label className="flex items-center gap-2">
            <Checkbox checked={anyPorts} onChange={({ target }) => setAnyPorts(target.checked)} />
            {t('anyPorts')}
          </label>
        )}
      </div>
    </ConfirmDialog>
  );
}
