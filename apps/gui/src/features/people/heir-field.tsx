'use client';

import { useTranslations } from 'next-intl';
import type { User } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { heirsOf } from './heirs.rules.ts';
import { usePeople } from './people-hooks.ts';

interface Props {
  user: User;
  value: string;
  onChoose: (id: string) => void;
}

/** Who gets what belongs to somebody that goes. */
export function HeirField({ user, value, onChoose }: Props) {
  const t = useTranslations('people.delete');
  const toWords = useErrorWords();
  const { data, error } = usePeople();
  return (
    <Field
      label={t('heir')}
      hint={t('heirHint')}
      required
      error={error instanceof ApiError ? toWords(error.envelope).text : undefined}
    >
      {(control) => (
        <Select {...control} value={value} onChange={({ target }) => onChoose(target.value)}>
          <option value="">{t('chooseHeir')}</option>
          {heirsOf(user, data?.items ?? []).map(({ id, displayName, username, tenant }) => (
            <option key={id} value={id} translate="no">
              {[displayName, username, tenant.name].join(' · ')}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
