'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Appearance } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { announce } from '../../lib/announce.ts';
import { CHOICES } from '../../lib/appearance-cookie.ts';
import { Card } from '../../ui/card.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { changeAppearance, useAppearance } from './appearance.ts';
import { ThemePreview } from './theme-preview.tsx';

/** What is shown now, the way to change it, and why a change was not kept. */
export function useAppearanceChoice(initial: Appearance) {
  const t = useTranslations('account.appearance');
  const appearance = useAppearance(initial);
  const toWords = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const choose = (change: Partial<Appearance>) => {
    setProblem(null);
    changeAppearance(change)
      .then(() => announce(t('saved')))
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        setProblem(t('notSaved', { reason: toWords(error.envelope).text }));
      });
  };
  return { appearance, problem, choose };
}

type AppearanceChoice = Pick<ReturnType<typeof useAppearanceChoice>, 'appearance' | 'choose'>;

export function ThemeChoice({ appearance, choose }: AppearanceChoice) {
  const t = useTranslations('account.appearance');
  return (
    <Choice legend={t('theme')}>
      <div className="grid gap-3 sm:grid-cols-2">
        {CHOICES.theme.map((theme) => (
          <Option
            key={theme}
            name="theme"
            checked={appearance.theme === theme}
            onChoose={() => choose({ theme })}
            label={t(`themes.${theme}`)}
            hint={t(`themeHints.${theme}`)}
          >
            <ThemePreview theme={theme} mode={appearance.mode} />
          </Option>
        ))}
      </div>
    </Choice>
  );
}

export function ModeChoice({ appearance, choose }: AppearanceChoice) {
  const t = useTranslations('account.appearance');
  return (
    <Choice legend={t('mode')}>
      <Row>
        {CHOICES.mode.map((mode) => (
          <Option
            key={mode}
            name="mode"
            checked={appearance.mode === mode}
            onChoose={() => choose({ mode })}
            label={t(`modes.${mode}`)}
          />
        ))}
      </Row>
    </Choice>
  );
}

export const Row = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-3 sm:grid-cols-3">{children}</div>
);

export function Choice({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <Card>
      <fieldset>
        <legend className="mb-3 text-md font-semibold">{legend}</legend>
        {children}
      </fieldset>
    </Card>
  );
}

interface OptionProps {
  name: string;
  label: string;
  hint?: string;
  checked: boolean;
  onChoose: () => void;
  children?: ReactNode;
}

export function Option({ name, label, hint, checked, onChoose, children }: OptionProps) {
  return (
    <label className="flex flex-col gap-2 rounded-lg border border-line-strong p-3 hover:bg-surface-2 has-checked:border-accent has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <span className="flex min-h-6 items-center gap-2">
        <input
          type="radio"
          name={name}
          checked={checked}
          onChange={onChoose}
          className="size-4 accent-accent outline-none"
        />
        <span className="font-medium">{label}</span>
        {hint !== undefined && <span className="text-xs text-fg-3">{hint}</span>}
      </span>
      {children}
    </label>
  );
}
