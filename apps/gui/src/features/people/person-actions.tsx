'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { User } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { DeletePerson } from './delete-person.tsx';
import { usePeopleRefresh } from './people-hooks.ts';

const UNDO_MS = 8_000;

export interface PersonActions {
  setActive: (user: User, active: boolean) => Promise<void>;
  endSessions: (user: User) => Promise<void>;
  askDelete: (user: User) => void;
  /** Belongs somewhere into the page. */
  dialog: ReactNode;
}

/** What can be done to an account from a list as well as from its own page. */
export function usePersonActions({ onDeleted }: { onDeleted?: () => void } = {}): PersonActions {
  const t = useTranslations('people.done');
  const refresh = usePeopleRefresh();
  const showError = useErrorToast();
  const [doomed, setDoomed] = useState<User | null>(null);

  const tell = (text: string, undo?: () => void) => {
    announce(text);
    toast(text, undo ? { duration: UNDO_MS, action: { label: t('undo'), onClick: undo } } : {});
  };
  const setActive = async (user: User, active: boolean): Promise<void> => {
    try {
      await api('PATCH', `/users/${user.id}`, { body: { active } });
      refresh();
      const name = user.displayName;
      if (active) tell(t('enabled', { name }));
      else tell(t('disabled', { name }), () => void setActive(user, true));
    } catch (error) {
      showError(error);
    }
  };
  const endSessions = async (user: User): Promise<void> => {
    try {
      await api('DELETE', `/users/${user.id}/sessions`);
      refresh();
      tell(t('sessionsEnded', { name: user.displayName }));
    } catch (error) {
      showError(error);
    }
  };
  return {
    setActive,
    endSessions,
    askDelete: setDoomed,
    dialog: doomed && (
      <DeletePerson
        user={doomed}
        onClose={() => setDoomed(null)}
        onDeleted={() => {
          tell(t('deleted', { name: doomed.displayName }));
          setDoomed(null);
          // A page about somebody who is gone has nowhere to refresh to.
          if (onDeleted) onDeleted();
          refresh();
        }}
      />
    ),
  };
}
