'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Capability, Grant, GrantTarget } from '@bailiwick/contract';
import type { Exceptions, Given } from './access-edit.rules.ts';
import type { Cell, MatrixRow } from './access-matrix.rules.ts';
import { useCapabilityWords } from './capability-words.ts';

/** What people read about what was given. */
export function useAccessWords() {
  const t = useTranslations('access');
  const capabilities = useCapabilityWords();
  const locale = useLocale();
  return useMemo(() => {
    const both = new Intl.ListFormat(locale, { type: 'conjunction' });
    const inARow = new Intl.ListFormat(locale, { type: 'unit' });
    const names = (some: readonly Capability[]) => both.format(some.map((each) => capabilities.name(each)));

    const isRole = (role: string): role is KnownRole => t.has(`role.${role as KnownRole}`);
    const role = (name: string): string => (isRole(name) ? t(`role.${name}`) : name);
    const roleOrCarried = (name: string | null, carries: string | null): string =>
      name !== null
        ? role(name)
        : carries === null
          ? t('given.carried')
          : t('given.carriedAs', { role: role(carries) });
    const exceptions = ({ allow, deny }: Exceptions): string[] => [
      ...(deny.length > 0 ? [t('given.minus', { what: names(deny) })] : []),
      ...(allow.length > 0 ? [t('given.plus', { what: names(allow) })] : []),
    ];
    const moment = (at: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at));
    const lent = (some: Grant['lent'] = []): string[] =>
      some.map(({ capability, until, by }) => t('given.lent', { what: capabilities.name(capability), at: moment(until), name: by.name })); // prettier-ignore
    /** "Developer, minus Stop, plus Change ports" */
    const given = (to: Described | null, carries: string | null = null): string =>
      to === null
        ? t('given.nothing')
        : inARow.format([roleOrCarried(to.role, carries), ...exceptions(to), ...lent(to.lent)]);
    const thing = (kind: GrantTarget['kind'], name: string) => t(`kind.${kind}`, { name });
    const thingOf = ({ target, targetName }: Pick<Grant, 'target' | 'targetName'>) =>
      thing(target.kind, targetName ?? target.id);
    const state = ({ state: is, source }: Cell): string => {
      if (is === 'inherited')
        return source ? t('cell.inherited', { thing: thingOf(source) }) : t('cell.inheritedSomehow');
      if (is === 'withheld') return t('cell.withheld', { thing: source ? thingOf(source) : '' });
      return t(`cell.${is}`);
    };
    const rowName = (row: MatrixRow): string => (row.kind === 'role' ? role(row.role) : row.name);
    const cell = (row: MatrixRow, one: Cell): string => {
      const label = t('cell.label', { name: rowName(row), what: capabilities.name(one.capability), state: state(one) });
      return one.changed ? `${label}, ${t('cell.notSaved')}` : label;
    };
    return { names, role, roleOrCarried, exceptions, lent, given, thing, thingOf, state, rowName, cell, moment };
    // The words of capabilities come from the same texts as `t`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [t, locale]);
}

type Described = Pick<Given, 'role' | 'allow' | 'deny'> & { lent?: Grant['lent'] };
type KnownRole =
  'none' | 'observer' | 'operator' | 'developer' | 'maintainer' | 'user' | 'moderator' | 'tester' | 'admin';
