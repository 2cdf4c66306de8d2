'use client';

import { type ReactNode, useState } from 'react';
import type { AccessRequest } from '@bailiwick/contract';
import { ApproveRequest } from './approve-request.tsx';
import { DenyRequest } from './deny-request.tsx';
import type { RequestDialog } from './request-card.tsx';
import { WithdrawRequest } from './withdraw-request.tsx';

const DIALOGS = { approve: ApproveRequest, deny: DenyRequest, withdraw: WithdrawRequest };

/** The dialogs a request is answered in; `dialog` must be rendered by whoever asks. */
export function useRequestDialog(): {
  ask: (dialog: RequestDialog, request: AccessRequest) => void;
  dialog: ReactNode;
} {
  const [asked, setAsked] = useState<{ dialog: RequestDialog; request: AccessRequest } | null>(null);
  const Chosen = asked && DIALOGS[asked.dialog];
  return {
    ask: (dialog, request) => setAsked({ dialog, request }),
    dialog: Chosen && <Chosen key={asked.request.id} request={asked.request} onClose={() => setAsked(null)} />,
  };
}
