'use client';

import { Check, Copy } from 'lucide-react';
import { type ComponentProps, useEffect, useState } from 'react';
import { cn } from './class-names.ts';
import { copyText } from './clipboard.ts';
import { useUiText } from './ui-text.tsx';

const SHOWN_MS = 1500;

/** An id, shortened in the middle, whole when copied. */
export function IdChip({ id, className, ...rest }: Omit<ComponentProps<'button'>, 'children'> & { id: string }) {
  const text = useUiText();
  const { copied, copy } = useCopy();
  const short = id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-5)}`;
  return (
    <button
      type="button"
      data-slot="id-chip"
      title={id}
      onClick={() => copy(id)}
      className={cn(
        'inline-flex min-h-6 items-center gap-1 rounded-sm border border-line bg-surface-2 px-1.5 font-mono text-xs text-fg-2 hover:text-fg touch:min-h-11',
        className,
      )}
      {...rest}
    >
      <span className="sr-only">{copied ? text.copied : text.copy}</span>
      <span translate="no">{short}</span>
      {copied ? <Check aria-hidden className="size-3" /> : <Copy aria-hidden className="size-3" />}
    </button>
  );
}

/** Copies, and says for a moment that it did. */
export function useCopy(): { copied: boolean; copy: (value: string) => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return { copied, copy: (value) => void copyText(value).then((done) => setCopied(done)) };
}
