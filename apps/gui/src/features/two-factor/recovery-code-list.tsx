'use client';

import { Check, Copy, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { downloadText } from '../../ui/download.ts';
import { useCopy } from '../../ui/id-chip.tsx';
import { useMe } from '../identity/me.tsx';

const FILE = 'bailiwick-recovery-codes.txt';

/** Shown once: whoever leaves without them has none. */
export function RecoveryCodeList({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTranslations('account.twoFactor.codes');
  const common = useTranslations('common');
  const { user } = useMe();
  const { copied, copy } = useCopy();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = [t('fileHead', { user: user.username }), '', ...codes, ''].join('\n');
  return (
    <div className="flex flex-col gap-3">
      <h2 ref={heading} tabIndex={-1} className="font-semibold">
        {t('title')}
      </h2>
      <p className="text-fg-2">{t('text')}</p>
      <ul translate="no" className="grid gap-x-6 gap-y-1 rounded-md bg-inset p-3 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => copy(text)}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied ? common('copied') : t('copy')}
        </Button>
        <Button onClick={() => downloadText(FILE, text)}>
          <Download aria-hidden />
          {t('download')}
        </Button>
        <Button look="primary" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  );
}
