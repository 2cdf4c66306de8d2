'use client';

import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

type Key = 'escape' | 'tab' | 'interrupt' | 'end' | 'left' | 'up' | 'down' | 'right';
const KEYS: readonly { key: Key; sends: string; face: ReactNode }[] = [
  { key: 'escape', sends: '\u001b', face: 'Esc' },
  { key: 'tab', sends: '\t', face: 'Tab' },
  { key: 'interrupt', sends: '\u0003', face: '^C' },
  { key: 'end', sends: '\u0004', face: '^D' },
  { key: 'left', sends: '\u001b[D', face: <ArrowLeft aria-hidden /> },
  { key: 'up', sends: '\u001b[A', face: <ArrowUp aria-hidden /> },
  { key: 'down', sends: '\u001b[B', face: <ArrowDown aria-hidden /> },
  { key: 'right', sends: '\u001b[C', face: <ArrowRight aria-hidden /> },
];

/** What the keyboard of a phone has not. */
export function TouchKeys({ onPress }: { onPress: (keys: string) => void }) {
  const t = useTranslations('terminals.touch');
  return (
    <div
      role="toolbar"
      aria-label={t('label')}
      className="hidden gap-1 overflow-x-auto border-t border-line p-1 touch:flex"
    >
      {KEYS.map(({ key, sends, face }) => (
        <Button
          key={key}
          size="small"
          look="ghost"
          aria-label={t(key)}
          onClick={() => onPress(sends)}
          className="min-w-11"
        >
          {face}
        </Button>
      ))}
    </div>
  );
}
