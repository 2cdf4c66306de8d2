'use client';

import { BrokenPage } from '../../features/shell/broken-page.tsx';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <BrokenPage digest={error.digest ?? error.name} onRetry={reset} />;
}
