'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ReachList } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { CardHead, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Unplug } from 'lucide-react';
import { useAccessWords } from '../access/access-words.ts';
import { GrantSource } from '../access/grant-source.tsx';
import { useMe } from '../identity/me.tsx';
import { findNamed } from './reach.rules.ts';
import { ReachRow } from './reach-row.tsx';

interface Props {
  principal: { id: string; name: string };
  read: ReachList;
}

/** Everything somebody can reach, and why; looked at again when somebody comes back to the page. */
export function ReachView({ principal, read }: Props) {
  const t = useTranslations('reach');
  const isOwn = useMe().user.id === principal.id;
  const { data } = useQuery({
    queryKey: ['access', 'reach', principal.id],
    queryFn: ({ signal }) =>
      api<ReachList>('GET', `/access/reach?${new URLSearchParams({ principal: principal.id })}`, { signal }),
    initialData: read,
    refetchOnWindowFocus: 'always',
  });
  const { name } = principal;
  return (
    <Card aria-label={isOwn ? t('titleOwn') : t('title', { name })} className="mb-4" data-slot="reach">
      <CardTitle className="mb-1">{isOwn ? t('titleOwn') : t('title', { name })}</CardTitle>
      <p className="mb-4 text-fg-2">{isOwn ? t('textOwn') : t('text', { name })}</p>
      {data.items.length === 0 ? (
        <EmptyState icon={Unplug} title={t('empty')}>
          <p>{t(isOwn ? 'emptyTextOwn' : 'emptyText')}</p>
        </EmptyState>
      ) : (
        <Things list={data} principal={principal} />
      )}
      <Grants list={data} isOwn={isOwn} />
    </Card>
  );
}

function Things({ list, principal }: { list: ReachList; principal: Props['principal'] }) {
  const t = useTranslations('reach');
  const query = useAddressQuery();
  const q = query.get('q') ?? '';
  const shown = findNamed(list.items, q);
  const search = (text: string) => {
    const rest = new URLSearchParams(query);
    if (text === '') rest.delete('q');
    else rest.set('q', text);
    changeAddress(`${window.location.pathname}${rest.size > 0 ? `?${rest}` : ''}`);
  };
  return (
    <>
      <div className="mb-3 max-w-72">
        <SearchField label={t('search')} placeholder={t('search')} value={q} onSearch={search} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={Unplug}
          title={t('filtered')}
          actions={<Button onClick={() => search('')}>{t('clear')}</Button>}
        />
      ) : (
        <CardTable
          caption={t('caption')}
          head={
            <>
              <CardHead>{t('column.thing')}</CardHead>
              <CardHead>{t('column.why')}</CardHead>
              <CardHead>{t('column.rights')}</CardHead>
            </>
          }
        >
          {shown.map((item) => (
            <ReachRow
              key={item.target.id}
              item={item}
              principal={principal}
              sources={list.grants.filter(({ id }) => item.grants.includes(id))}
            />
          ))}
        </CardTable>
      )}
    </>
  );
}

function Grants({ list: { grants }, isOwn }: { list: ReachList; isOwn: boolean }) {
  const t = useTranslations('reach');
  const words = useAccessWords();
  return (
    <section aria-label={t('grants')} className="mt-5">
      <h3 className="font-medium">{t('grants')}</h3>
      {grants.length === 0 ? (
        <p className="text-fg-2">{t('noGrants')}</p>
      ) : (
        <>
          <p className="mb-2 text-fg-2">{t(isOwn ? 'grantsTextOwn' : 'grantsText')}</p>
          <ul className="flex flex-col gap-2">
            {grants.map((grant) => (
              <li key={grant.id}>
                <p>{t('grantOn', { thing: words.thingOf(grant) })}</p>
                <GrantSource grant={grant} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
