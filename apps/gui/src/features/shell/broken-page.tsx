'use client';

import { Failure } from './failure.tsx';

/** A page that broke while it was drawn; the digest finds it in the panel's log. */
export function BrokenPage({ digest, onRetry }: { digest: string; onRetry: () => void }) {
  return <Failure error={{ code: 'internal', message: '', requestId: digest }} onRetry={onRetry} />;
}
