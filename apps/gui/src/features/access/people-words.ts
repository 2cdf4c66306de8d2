import { useLocale, useTranslations } from 'next-intl';

/** Whom to ask, in one sentence: "Maria, an owner of the panel, or an administrator". */
export function useWhomToAsk(): (by: readonly string[]) => string {
  const t = useTranslations('access.explain.person');
  const list = new Intl.ListFormat(useLocale(), { type: 'disjunction' });
  return (by) => list.format(by.map((each) => (each === 'owner' || each === 'administrator' ? t(each) : each)));
}
