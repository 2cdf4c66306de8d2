import { useLocale, useTranslations } from 'next-intl';
import type { PersonalToken, TokenCapability } from '@bailiwick/contract';
import { useCapabilityWords } from '../access/capability-words.ts';
import { groupByNoun } from './token.rules.ts';

/** What a token may do, a line for each noun. */
export function useScopeLines(): (capabilities: readonly TokenCapability[]) => string[] {
  const t = useTranslations('tokens');
  const { noun, verb } = useCapabilityWords();
  const locale = useLocale();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (capabilities) =>
    groupByNoun(capabilities).map((group) =>
      t('scope', { noun: noun(group.noun), verbs: list.format(group.capabilities.map(verb)) }),
    );
}

/** The same, and where; `whose` is who reads it, or somebody else. */
export function useScopeWords(
  whose: 'me' | 'them',
): (token: Pick<PersonalToken, 'capabilities' | 'targets'>) => string[] {
  const t = useTranslations('tokens');
  const toLines = useScopeLines();
  return ({ capabilities, targets }) => [
    ...toLines(capabilities),
    targets.length === 0 ? t(`everything.${whose}`) : t('limited', { count: targets.length }),
  ];
}
