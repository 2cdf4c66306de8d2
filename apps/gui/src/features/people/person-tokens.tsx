'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PersonalToken, PersonalTokenList, User } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { EmptyState } from '../../ui/face.tsx';
import { RevokeToken } from '../tokens/revoke-token.tsx';
import { TokenRow } from '../tokens/token-row.tsx';

/** What somebody's programs come in with, and the end of it. */
export function PersonTokens({ user, initial }: { user: User; initial: PersonalTokenList }) {
  const t = useTranslations('people.tokens');
  const queries = useQueryClient();
  const path = `/users/${user.id}/tokens` as const;
  const { data } = useQuery({
    queryKey: ['people', user.id, 'tokens'],
    queryFn: ({ signal }) => api<PersonalTokenList>('GET', path, { signal }),
    initialData: initial,
    refetchOnWindowFocus: true,
  });
  const [revoking, setRevoking] = useState<PersonalToken | null>(null);
  return (
    <section aria-label={t('title')} className="max-w-3xl">
      <p className="mb-3 text-fg-2">{t('text')}</p>
      {data.items.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('empty')}>
          <p>{t('emptyText')}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t('list', { name: user.displayName })} className="flex flex-col gap-3">
          {data.items.map((token) => (
            <TokenRow key={token.id} token={token} whose="them" onRevoke={() => setRevoking(token)} />
          ))}
        </ul>
      )}
      {revoking && (
        <RevokeToken
          token={revoking}
          path={`${path}/${revoking.id}`}
          onRevoked={() => void queries.invalidateQueries({ queryKey: ['people', user.id, 'tokens'] })}
          onClose={() => setRevoking(null)}
        />
      )}
    </section>
  );
}
