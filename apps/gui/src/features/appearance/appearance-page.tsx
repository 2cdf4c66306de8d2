'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import type { Appearance } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { announce } from '../../lib/announce.ts';
import { CHOICES } from '../../lib/appearance-cookie.ts';
import { singleKeysOn, subscribeSingleKeys, switchSingleKeys } from '../../lib/keyboard.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { changeAppearance, useAppearance } from './appearance.ts';
import { ThemePreview } from './theme-preview.tsx';

export function AppearancePage({ initial }: { initial: Appearance }) {
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

  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} description={t('description')} />
      {problem !== null && <Banner tone="warning" title={problem} className="mb-4" />}
      <div className="flex flex-col gap-4">
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
        <Choice legend={t('density')}>
          <Row>
            {CHOICES.density.map((density) => (
              <Option
                key={density}
                name="density"
                checked={appearance.density === density}
                onChoose={() => choose({ density })}
                label={t(`densities.${density}`)}
              />
            ))}
          </Row>
        </Choice>
        <Choice legend={t('motion')}>
          <Row>
            {CHOICES.motion.map((motion) => (
              <Option
                key={motion}
                name="motion"
                checked={appearance.motion === motion}
                onChoose={() => choose({ motion })}
                label={t(`motions.${motion}`)}
              />
            ))}
          </Row>
        </Choice>
        <SingleKeys />
      </div>
    </div>
  );
}

const Row = ({ children }: { children: ReactNode }) => <div className="grid gap-3 sm:grid-cols-3">{children}</div>;

function Choice({ legend, children }: { legend: string; children: ReactNode }) {
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

function Option({ name, label, hint, checked, onChoose, children }: OptionProps) {
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

function SingleKeys() {
  const t = useTranslations('account.keyboard');
  const on = useSyncExternalStore(subscribeSingleKeys, singleKeysOn, () => true);
  return (
    <Card>
      <CardTitle className="mb-3">{t('title')}</CardTitle>
      <label className="flex items-start gap-2">
        <Checkbox checked={on} onChange={(event) => switchSingleKeys(event.target.checked)} className="mt-0.5" />
        <span>
          <span className="block font-medium">{t('singleKeys')}</span>
          <span className="flex flex-wrap items-center gap-1 text-xs text-fg-2">
            {t.rich('singleKeysHint', { key: () => <Kbd keys="r" /> })}
          </span>
        </span>
      </label>
    </Card>
  );
}
