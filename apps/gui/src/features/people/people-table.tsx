'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { User } from '@bailiwick/contract';
import { ActionsHead, CardHead, CardTable } from '../../ui/card-table.tsx';
import { RowGap, useDrawnRows } from '../../ui/drawn-rows.tsx';
import type { PersonActions } from './person-actions.tsx';
import { PersonRow } from './person-row.tsx';

const COLUMNS = 8;

interface Props {
  people: readonly User[];
  actions: PersonActions;
  /** What stands in place of the rows when there are none. */
  empty: ReactNode;
}

export function PeopleTable({ people, actions, empty }: Props) {
  const t = useTranslations('people');
  const { drawn, before, after, measure, bodyRef } = useDrawnRows(people.length);
  return (
    <CardTable
      caption={t('caption')}
      aria-rowcount={people.length + 1}
      className="table-fixed"
      bodyRef={bodyRef}
      head={
        <>
          <CardHead className="w-[25%] @max-[52rem]:w-[34%]">{t('column.name')}</CardHead>
          <CardHead>{t('column.role')}</CardHead>
          <CardHead className="@max-[52rem]:hidden">{t('column.roleTag')}</CardHead>
          <CardHead>{t('column.tenant')}</CardHead>
          <CardHead>{t('column.status')}</CardHead>
          <CardHead className="@max-[52rem]:hidden">{t('column.twoFactor')}</CardHead>
          <CardHead className="@max-[60rem]:hidden">{t('column.lastSignIn')}</CardHead>
          <ActionsHead label={t('column.actions')} />
        </>
      }
    >
      <RowGap height={before} columns={COLUMNS} />
      {drawn.map((index) => {
        const user = people[index];
        return user && <PersonRow key={user.id} user={user} index={index} actions={actions} measure={measure} />;
      })}
      <RowGap height={after} columns={COLUMNS} />
      {people.length === 0 && (
        <tr role="row" className="max-md:block">
          <td role="cell" colSpan={COLUMNS} className="border-t border-line max-md:block">
            {empty}
          </td>
        </tr>
      )}
    </CardTable>
  );
}
