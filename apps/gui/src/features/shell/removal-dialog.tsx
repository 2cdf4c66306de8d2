'use client';

import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog, type ConfirmDialogProps } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';

interface Props extends Pick<ConfirmDialogProps, 'title' | 'keep' | 'submit' | 'onClose'> {
  /** Of what goes. */
  path: `/${string}`;
  onRemoved: () => void;
  /** What is lost with it. */
  children: ReactNode;
}

/** Asks once more, removes something by its address, and says there why that was refused. */
export function RemovalDialog({ path, onRemoved, children, ...dialog }: Props) {
  const remove = useMutation({
    mutationFn: () => api('DELETE', path),
    onSuccess: onRemoved,
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog {...dialog} act={{ loading: remove.isPending, onClick: () => remove.mutate() }}>
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
        <p className="text-fg-2">{children}</p>
      </div>
    </ConfirmDialog>
  );
}
