'use client';

import { SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { useOwnTerminals } from './own-terminals.ts';

/** In the top bar: the way back to shells that were left open. */
export function OpenShells() {
  const t = useTranslations('terminals');
  const pathname = usePathname();
  const left = useOwnTerminals().filter(({ containerId }) => pathname !== `/containers/${containerId}/shell`);
  const [first] = left;
  if (!first) return null;
  return (
    <Button asChild look="ghost" size="small">
      <Link href={`/containers/${first.containerId}/shell`}>
        <SquareTerminal aria-hidden />
        {t('open', { count: left.length })}
      </Link>
    </Button>
  );
}
