'use client';

import { useTranslations } from 'next-intl';
import { requestsIn } from '../access-requests/request.rules.ts';
import { RequestCard } from '../access-requests/request-card.tsx';
import { useRequests } from '../access-requests/requests-followed.tsx';
import { useRequestDialog } from '../access-requests/use-request-dialog.tsx';
import { useMe } from '../identity/me.tsx';
import { HomeSection } from './home-section.tsx';

/** What somebody asked for and nobody has answered. */
export function OwnRequests() {
  const t = useTranslations('home');
  const { user } = useMe();
  const { ask, dialog } = useRequestDialog();
  const waiting = requestsIn('mine', useRequests(), user.id).filter(({ state }) => state === 'pending');
  return (
    <>
      {waiting.length > 0 && (
        <HomeSection title={t('requests')} count={waiting.length}>
          <ul className="grid gap-3 lg:grid-cols-2">
            {waiting.map((request) => (
              <li key={request.id}>
                <RequestCard request={request} onAsk={ask} />
              </li>
            ))}
          </ul>
        </HomeSection>
      )}
      {dialog}
    </>
  );
}
