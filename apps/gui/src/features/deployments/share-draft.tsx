'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Copy, UserRound, UserRoundPlus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Draft, DraftId, DraftSummary, GrantablePrincipal, UserId } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';
import { Input } from '../../ui/input.tsx';
import { PrincipalField } from '../access/principal-field.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

/** Lets colleagues go on with one's draft, by its owner. */
export function ShareDraft({ id }: { id: DraftId }) {
  const t = useTranslations('deploy.draft.share');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        <UserRoundPlus aria-hidden />
        {t('open')}
      </Button>
      {open && <ShareDialog id={id} onClose={() => setOpen(false)} />}
    </>
  );
}

function ShareDialog({ id, onClose }: { id: DraftId; onClose: () => void }) {
  const t = useTranslations('deploy.draft.share');
  const common = useTranslations('common');
  const { people, share, sharing } = usePeople(id);
  const [who, setWho] = useState<GrantablePrincipal | null>(null);
  const [missing, setMissing] = useState(false);
  const [asked, setAsked] = useState(0);
  const add = () => {
    setMissing(who === null);
    if (who?.kind !== 'user') return;
    share([...new Set([...people.map((person) => person.id), who.id])], t('added', { name: who.name }));
    setWho(null);
    setAsked(asked + 1);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('text')}
        onInteractOutside={(event) => event.preventDefault()}
        footer={<Button onClick={onClose}>{common('close')}</Button>}
      >
        <div className="flex flex-col gap-4 pb-2">
          <form
            noValidate
            className="flex flex-col gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              add();
            }}
          >
            <PrincipalField
              key={asked}
              from={`/me/drafts/${id}/people`}
              label={t('who')}
              holding={new Set(people.map((person) => person.id))}
              chosen={who}
              missing={missing}
              onChoose={setWho}
            />
            <Button type="submit" loading={sharing} className="self-start">
              {t('add')}
            </Button>
          </form>
          <section aria-label={t('with')} className="flex flex-col gap-1">
            <h3 className="text-sm font-medium">{t('with')}</h3>
            {people.length === 0 && <p className="text-fg-2">{t('nobody')}</p>}
            <ul className="flex flex-col divide-y divide-line empty:hidden">
              {people.map((person) => (
                <li key={person.id} className="flex items-center gap-3 py-1">
                  <UserRound aria-hidden className="size-4 shrink-0 text-fg-3" />
                  <span translate="no" className="min-w-0 grow break-words">
                    {person.displayName}
                  </span>
                  <IconButton
                    label={t('remove', { name: person.displayName })}
                    disabled={sharing}
                    onClick={() =>
                      share(
                        people.filter((other) => other !== person).map((other) => other.id),
                        t('removed', { name: person.displayName }),
                      )
                    }
                  >
                    <X aria-hidden />
                  </IconButton>
                </li>
              ))}
            </ul>
          </section>
          <DraftLink id={id} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function DraftLink({ id }: { id: DraftId }) {
  const t = useTranslations('deploy.draft.share');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  const address = `${window.location.origin}/deploy?draft=${id}`;
  return (
    <Field label={t('link')} hint={t('linkHint')}>
      {(control) => (
        <span className="flex gap-1">
          <Input {...control} readOnly translate="no" className="font-mono text-xs" value={address} />
          <IconButton label={copied ? common('copied') : common('copy')} onClick={() => copy(address)}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          </IconButton>
        </span>
      )}
    </Field>
  );
}

/** With whom it is shared, as the core has it, and how that changes. */
function usePeople(id: DraftId) {
  const queries = useQueryClient();
  const showError = useErrorToast();
  const key = ['drafts', id, 'people'];
  const { data: people = [] } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api<Draft>('GET', `/me/drafts/${id}`, { signal })).sharedWith,
    staleTime: 0,
  });
  const sharing = useMutation({
    mutationFn: ({ ids }: { ids: readonly UserId[]; said: string }) =>
      api<DraftSummary>('PUT', `/me/drafts/${id}/people`, { body: { people: ids } }),
    onSuccess: ({ sharedWith }, { said }) => {
      queries.setQueryData(key, sharedWith);
      announce(said);
    },
    onError: showError,
  });
  return {
    people,
    sharing: sharing.isPending,
    share: (ids: readonly UserId[], said: string) => sharing.mutate({ ids, said }),
  };
}
