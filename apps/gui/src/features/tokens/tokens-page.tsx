'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { OwnTokenList, PersonalToken } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CreateToken } from './create-token.tsx';
import { RevokeToken } from './revoke-token.tsx';
import { TokenRow } from './token-row.tsx';

const TOKENS = ['tokens'];

export function TokensPage({ initial }: { initial: OwnTokenList }) {
  const t = useTranslations('tokens');
  const queries = useQueryClient();
  const tokens = useQuery({
    queryKey: TOKENS,
    queryFn: ({ signal }) => api<OwnTokenList>('GET', '/me/tokens', { signal }),
    initialData: initial,
  });
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<PersonalToken | null>(null);
  const reload = () => void queries.invalidateQueries({ queryKey: TOKENS });
  const create = (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t('create')}
    </Button>
  );
  const { items, offered } = tokens.data;
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} description={t('description')} actions={items.length > 0 ? create : undefined} />
      {items.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('empty.title')} actions={create}>
          <p>{t('empty.hint')}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t('list')} className="flex flex-col gap-3">
          {items.map((token) => (
            <TokenRow key={token.id} token={token} whose="me" onRevoke={() => setRevoking(token)} />
          ))}
        </ul>
      )}
      {creating && <CreateToken offered={offered} onMade={reload} onClose={() => setCreating(false)} />}
      {revoking && (
        <RevokeToken
          token={revoking}
          path={`/me/tokens/${revoking.id}`}
          onRevoked={reload}
          onClose={() => setRevoking(null)}
        />
      )}
    </div>
  );
}
