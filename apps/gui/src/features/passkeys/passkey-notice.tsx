'use client';

import { useTranslations } from 'next-intl';
import { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PasskeyStopped } from './passkeys.ts';

export type PasskeyFailure = ApiError | PasskeyStopped;

/** What went wrong with a passkey as far as somebody can do something about it; anything else is a bug and flies on. */
export function toPasskeyFailure(error: unknown): PasskeyFailure {
  if (error instanceof ApiError || error instanceof PasskeyStopped) return error;
  throw error;
}

/** Why it did not come to a passkey: the browser stopped it, or the core refused it. */
export function PasskeyNotice({ failure }: { failure: PasskeyFailure | null }) {
  const t = useTranslations('login.passkeyStopped');
  if (failure instanceof PasskeyStopped)
    return (
      <Banner tone={failure.reason === 'cancelled' ? 'warning' : 'danger'} title={t(`${failure.reason}.title`)}>
        {t(`${failure.reason}.text`)}
      </Banner>
    );
  return <ErrorNotice error={failure} />;
}
