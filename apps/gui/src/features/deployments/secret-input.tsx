'use client';

import { Check, Copy, Dices, Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PresetQuestion } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import type { FieldControl } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';
import { Input } from '../../ui/input.tsx';
import { makeUpSecret } from './made-up-secret.ts';

interface Props {
  control: FieldControl;
  question: Extract<PresetQuestion, { type: 'secret' }>;
  text: string;
  onAnswer: (answer: string) => void;
}

/** Left empty it is generated with the deployment; else typed, or made up here, where it can be copied before. */
export function SecretInput({ control, question: { name, length }, text, onAnswer }: Props) {
  const t = useTranslations('deploy.secret');
  const common = useTranslations('common');
  const [shown, setShown] = useState(false);
  const [madeUp, setMadeUp] = useState<string | null>(null);
  const { copied, copy } = useCopy();
  const isMadeUp = madeUp !== null && text === madeUp;
  const makeUp = () => {
    const secret = makeUpSecret(length);
    setMadeUp(secret);
    setShown(true);
    onAnswer(secret);
    announce(t('filledIn'));
  };
  return (
    <>
      <span className="flex gap-1">
        <Input
          {...control}
          name={name}
          required={false}
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          spellCheck={false}
          className={shown ? 'font-mono' : undefined}
          placeholder={t('generated')}
          value={text}
          onChange={({ target }) => onAnswer(target.value)}
        />
        <IconButton label={shown ? t('hide') : t('show')} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </IconButton>
        <IconButton label={isMadeUp ? t('makeUpAgain') : t('makeUp')} onClick={makeUp}>
          <Dices aria-hidden />
        </IconButton>
        {isMadeUp && (
          <IconButton label={copied ? common('copied') : common('copy')} onClick={() => copy(text)}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          </IconButton>
        )}
      </span>
      {isMadeUp && <span className="text-xs text-fg-2">{t('copyNow')}</span>}
    </>
  );
}
