'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useState } from 'react';
import type {
  AccessRequestAnswer,
  Capability,
  Container,
  GrantTarget,
  RequestAccess as Wish,
} from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { isRightMissing } from '../access/rights.rules.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { CapabilityBoxes } from './capability-boxes.tsx';
import { toDurationMs, type Wanted } from './duration.rules.ts';
import { DurationField } from './duration-field.tsx';
import { useOpenRequest } from './open-request.ts';

export interface Missing {
  readonly target: GrantTarget;
  /** As people call it; null where only its id is known. */
  readonly name: string | null;
  readonly capabilities: readonly Capability[];
}

/** Asks those who may hand it on: for what, why, and for how long. */
export function RequestAccess({ missing, onClose }: { missing: Missing; onClose: () => void }) {
  const t = useTranslations('accessRequests.ask');
  const common = useTranslations('common');
  const formId = useId();
  const openRequest = useOpenRequest();
  const { name, offered } = useOffered(missing);
  const [chosen, setChosen] = useState<readonly Capability[]>(missing.capabilities);
  const [wanted, setWanted] = useState<Wanted>({ choice: 'hour', day: '' });
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const send = useMutation({
    mutationFn: (body: Wish) => api<AccessRequestAnswer>('POST', '/access/requests', { body }),
    onSuccess: ({ item }) => {
      toast.success(t('done'), { action: { label: t('show'), onClick: () => openRequest(item.id) } });
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const durationMs = toDurationMs(wanted, null, new Date());
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (reason.trim() === '') event.currentTarget.querySelector<HTMLElement>('[name=reason]')?.focus();
    else if (durationMs !== undefined && chosen.length > 0)
      send.mutate({ target: missing.target, capabilities: [...chosen], reason, durationMs });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={name === null ? t('title') : t('titleOn', { name })}
        description={t('text')}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary" loading={send.isPending}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={send.error instanceof ApiError ? send.error : null} />
          <CapabilityBoxes
            label={t('rights')}
            capabilities={offered}
            chosen={chosen}
            onChoose={setChosen}
            error={checked && chosen.length === 0 ? t('none') : undefined}
          />
          <DurationField wanted={wanted} onWant={setWanted} wrong={checked && durationMs === undefined} />
          <Field
            required
            label={t('reason')}
            hint={t('reasonHint')}
            error={checked && reason.trim() === '' ? t('reasonMissing') : undefined}
          >
            {(control) => (
              <Input
                {...control}
                name="reason"
                maxLength={300}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** What is missing there, with what was meant first; only that until the thing has answered. */
function useOffered({ target, name, capabilities }: Missing): { name: string | null; offered: readonly Capability[] } {
  const { data } = useQuery({
    queryKey: ['containers', target.id, 'rights'],
    queryFn: ({ signal }) => api<Container>('GET', `/containers/${target.id}`, { signal }),
    enabled: target.kind === 'container',
    staleTime: 0,
  });
  if (!data) return { name, offered: capabilities };
  const why = Object.keys(data.rights.why) as Capability[];
  const others = why.filter((each) => !capabilities.includes(each) && isRightMissing(data.rights, each));
  return { name: data.name, offered: [...capabilities, ...others] };
}
