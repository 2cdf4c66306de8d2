'use client';

import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button, type ButtonProps } from '../../ui/button.tsx';
import { PasskeyNotice, type PasskeyFailure, toPasskeyFailure } from './passkey-notice.tsx';
import { usePasskeysWork } from './passkeys.ts';

export interface PasskeyButtonProps {
  look?: ButtonProps['look'];
  onPress: () => Promise<void>;
  children: ReactNode;
}

/** Asks the browser for a passkey and says why there was none; nothing where there can be none. */
export function PasskeyButton({ look, onPress, children }: PasskeyButtonProps) {
  const work = usePasskeysWork();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<PasskeyFailure | null>(null);
  if (work === false) return null;
  const press = () => {
    setBusy(true);
    setFailure(null);
    onPress().catch((error: unknown) => {
      setBusy(false);
      setFailure(toPasskeyFailure(error));
    });
  };
  return (
    <div className="flex flex-col gap-3">
      <PasskeyNotice failure={failure} />
      <Button {...(look === undefined ? {} : { look })} loading={busy} disabled={work === undefined} onClick={press}>
        <KeyRound aria-hidden />
        {children}
      </Button>
    </div>
  );
}
