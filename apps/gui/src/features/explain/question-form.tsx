'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Capability, CapabilityGroup, PrincipalList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { useCapabilityWords } from '../access/capability-words.ts';
import { useMe } from '../identity/me.tsx';
import { type Asked, type Option, withAsked } from './question.rules.ts';

export interface OfferedRight {
  readonly capability: Capability;
  readonly group: CapabilityGroup;
}

interface Props {
  asked: Asked;
  things: readonly Option[];
  people: readonly Option[];
  offered: readonly OfferedRight[];
  onAsk: (asked: Asked) => void;
}

/** Three choices; each is in the address as soon as it is made. */
export function QuestionForm({ asked, things, people, offered, onAsk }: Props) {
  const t = useTranslations('explain');
  const words = useCapabilityWords();
  const { user } = useMe();
  const others = usePeopleOf(asked.what, people).filter(({ id }) => id !== user.id);
  const groups = [...new Set(offered.map(({ group }) => group))];
  return (
    <form
      action="/access/explain"
      className="mb-4 grid gap-3 sm:grid-cols-3"
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label={t('who')}>
        {(control) => (
          <Select
            {...control}
            name="who"
            value={asked.who}
            onChange={({ target }) => onAsk({ ...asked, who: target.value })}
          >
            <option value={user.id}>{t('myself')}</option>
            {(asked.who === user.id ? others : withAsked(others, asked.who)).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('what')}>
        {(control) => (
          <Select
            {...control}
            name="what"
            value={asked.what}
            onChange={({ target }) => onAsk({ ...asked, what: target.value })}
          >
            <option value="">{t('choose')}</option>
            {withAsked(things, asked.what).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('can')}>
        {(control) => (
          <Select
            {...control}
            name="can"
            value={asked.can ?? ''}
            onChange={({ target }) =>
              onAsk({
                ...asked,
                can: offered.find(({ capability }) => capability === target.value)?.capability ?? null,
              })
            }
          >
            <option value="">{t('choose')}</option>
            {groups.map((group) => (
              <optgroup key={group} label={words.group(group)}>
                {offered
                  .filter((each) => each.group === group)
                  .map(({ capability }) => (
                    <option key={capability} value={capability}>
                      {words.name(capability)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
    </form>
  );
}

/** Who answers for a thing may ask about the people of its tenant; everybody else about themselves. */
function usePeopleOf(resource: string, people: readonly Option[]): readonly Option[] {
  const { data } = useQuery({
    queryKey: ['access', 'principals', resource, ''],
    queryFn: ({ signal }) =>
      api<PrincipalList>('GET', `/access/principals?${new URLSearchParams({ resource, q: '' })}`, { signal }),
    enabled: people.length === 0 && resource !== '',
  });
  if (people.length > 0) return people;
  return (data?.items ?? []).filter(({ kind }) => kind === 'user');
}
