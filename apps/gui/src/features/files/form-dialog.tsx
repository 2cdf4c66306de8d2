'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

interface FormDialogProps {
  title: string;
  submit: string;
  disabled: boolean;
  /** What is wrong before anything was sent. */
  error?: ApiError | null;
  send: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** Asks a few things and sends them; what the core refuses is said above them, and nothing typed is lost. */
export function FormDialog({ title, submit, disabled, error = null, send, onClose, children }: FormDialogProps) {
  const common = useTranslations('common');
  const fail = useErrorToast();
  const form = useId();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const run = async () => {
    setBusy(true);
    try {
      await send();
    } catch (failure) {
      if (failure instanceof ApiError) setRefused(failure);
      else fail(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button look="primary" type="submit" form={form} loading={busy} disabled={disabled}>
              {submit}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="flex flex-col gap-3 pb-2"
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <ErrorNotice error={refused ?? error} />
          {children}
        </form>
      </DialogContent>
    </Dialog>
  );
}

interface FileNameFieldProps {
  label: string;
  error: string | undefined;
  hint?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

/** The name of a file or a folder, as it is typed. */
export function FileNameField({ label, error, hint, value, onChange, autoFocus = false }: FileNameFieldProps) {
  return (
    <Field label={label} error={error} {...(hint === undefined ? {} : { hint })} required>
      {(control) => (
        <Input
          {...control}
          autoFocus={autoFocus}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          translate="no"
          maxLength={255}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
