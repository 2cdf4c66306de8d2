import { useLocale, useTranslations } from 'next-intl';
import type { PersonalToken } from '@bailiwick/contract';
import { groupByNoun } from './token.rules.ts';

/** What a token may do, a line for each noun; and where. */
export function useScopeWords(): (token: Pick<PersonalToken, 'capabilities' | 'targets'>) => string[] {
  const t = useTranslations('tokens');
  const locale = useLocale();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return ({ capabilities, targets }) => [
    ...groupByNoun(capabilities).map((group) =>
      t('scope', {
        noun: t(`noun.${group.noun}`),
        verbs: list.format(group.capabilities.map((capability) => t(`verb.${capability}`))),
      }),
    ),
    targets.length === 0 ? t('everything') : t('limited', { count: targets.length }),
  ];
}
