'use client';

import { useQuery } from '@tanstack/react-query';
import type { RecoveryCodes, TwoFactorStart, TwoFactorStatus } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

/** Whether it is on, for who is looking. */
export function useTwoFactor(initial?: TwoFactorStatus) {
  return useQuery({
    queryKey: ['two-factor'],
    queryFn: ({ signal }) => api<TwoFactorStatus>('GET', '/me/two-factor', { signal }),
    ...(initial ? { initialData: initial } : {}),
  });
}

export const startTwoFactor = () => api<TwoFactorStart>('POST', '/me/two-factor');
export const confirmTwoFactor = (code: string) =>
  api<RecoveryCodes>('POST', '/me/two-factor/confirm', { body: { code } });
export const renewRecoveryCodes = (code: string) =>
  api<RecoveryCodes>('POST', '/me/two-factor/recovery-codes', { body: { code } });
export const turnOffTwoFactor = (code: string) => api('DELETE', '/me/two-factor', { body: { code } });
