'use client';

import { type ReactNode, useRef } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { Dialog, DialogContent } from './dialog.tsx';

export interface ConfirmDialogProps {
  title: string;
  description?: string;
  /** Leaves everything as it is; it has the focus at first. */
  keep: string;
  submit: string;
  /** The other button: grave unless it says so, and what it does or which form it sends. */
  act: Pick<ButtonProps, 'look' | 'loading' | 'disabled' | 'onClick' | 'type' | 'form'>;
  onClose: () => void;
  children: ReactNode;
}

/** Before something is lost: says what, and is left unharmed by whoever presses Enter too soon. */
export function ConfirmDialog({ title, description, keep, submit, act, onClose, children }: ConfirmDialogProps) {
  const kept = useRef<HTMLButtonElement>(null);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        description={description}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          kept.current?.focus();
        }}
        footer={
          <>
            <Button ref={kept} onClick={onClose}>
              {keep}
            </Button>
            <Button look="danger" {...act}>
              {submit}
            </Button>
          </>
        }
      >
        {children}
      </DialogContent>
    </Dialog>
  );
}
