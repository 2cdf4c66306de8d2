'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useState } from 'react';
import type { CreateToken as Wish, CreatedToken, TokenCapability } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { CapabilityChoice } from './capability-choice.tsx';
import { MadeToken } from './made-token.tsx';
import { TargetChoice } from './target-choice.tsx';
import { TokenReach } from './token-reach.tsx';
import type { Reachable } from './token.rules.ts';

const DAYS = [7, 30, 90, 180, 365];
const USUAL_DAYS = 90;
const NAME_LENGTH = 80;

interface Props {
  offered: readonly TokenCapability[];
  onMade: () => void;
  onClose: () => void;
}

/** First the choice, then the token itself, this once. */
export function CreateToken({ offered, onMade, onClose }: Props) {
  const t = useTranslations('tokens.form');
  const form = useId();
  const [made, setMade] = useState<CreatedToken | null>(null);
  const create = useMutation({
    mutationFn: (wish: Wish) => api<CreatedToken>('POST', '/me/tokens', { body: wish }),
    onSuccess: (answer) => {
      setMade(answer);
      onMade();
    },
  });
  if (made) return <MadeToken made={made} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
        className="max-w-2xl"
        footer={<Buttons form={form} busy={create.isPending} onClose={onClose} />}
      >
        <TokenForm id={form} offered={offered} error={create.error} onSubmit={(wish) => create.mutate(wish)} />
      </DialogContent>
    </Dialog>
  );
}

function Buttons({ form, busy, onClose }: { form: string; busy: boolean; onClose: () => void }) {
  const t = useTranslations('tokens.form');
  const common = useTranslations('common');
  return (
    <>
      <Button onClick={onClose}>{common('cancel')}</Button>
      <Button type="submit" form={form} look="primary" loading={busy}>
        {t('submit')}
      </Button>
    </>
  );
}

interface FormProps {
  id: string;
  offered: readonly TokenCapability[];
  error: Error | null;
  onSubmit: (wish: Wish) => void;
}

function TokenForm({ id, offered, error, onSubmit }: FormProps) {
  const t = useTranslations('tokens.form');
  const [name, setName] = useState('');
  const [expiresInDays, setDays] = useState(USUAL_DAYS);
  const [chosen, setChosen] = useState<ReadonlySet<TokenCapability>>(new Set());
  const [grave, setGrave] = useState(false);
  const [tried, setTried] = useState(false);
  const [targets, setTargets] = useState<readonly Reachable[] | null>(null);
  const nameIsWrong = name.trim() === '';

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (nameIsWrong || chosen.size === 0 || targets?.length === 0) return;
    const ids = (targets ?? []).map(({ id }) => id);
    onSubmit({ name: name.trim(), capabilities: [...chosen], targets: ids, expiresInDays, grave });
  };

  return (
    <form id={id} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4 pb-3">
      {error && <Refusal error={error} />}
      <div className="grid gap-4 sm:grid-cols-[1fr_auto]">
        <Field label={t('name')} hint={t('nameHint')} error={tried && nameIsWrong ? t('nameWrong') : undefined}>
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={NAME_LENGTH}
              autoComplete="off"
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label={t('expiry')} className="justify-end">
          {(control) => (
            <Select {...control} value={expiresInDays} onChange={({ target }) => setDays(Number(target.value))}>
              {DAYS.map((days) => (
                <option key={days} value={days}>
                  {t('days', { days })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <CapabilityChoice
        offered={offered}
        chosen={chosen}
        onChange={setChosen}
        problem={tried && chosen.size === 0 ? t('nothing') : null}
      />
      <TargetChoice
        chosen={targets}
        onChange={setTargets}
        problem={tried && targets?.length === 0 ? t('targets.nothing') : null}
      />
      <label className="flex items-start gap-2">
        <Checkbox checked={grave} onChange={({ target }) => setGrave(target.checked)} className="mt-0.5" />
        <span>
          <span className="block font-medium">{t('grave')}</span>
          <span className="block text-xs text-fg-2">{t('graveHint')}</span>
        </span>
      </label>
      <TokenReach
        capabilities={offered.filter((capability) => chosen.has(capability))}
        targets={targets}
        expiresInDays={expiresInDays}
        grave={grave}
      />
    </form>
  );
}

function Refusal({ error }: { error: Error }) {
  const toWords = useErrorWords();
  if (!(error instanceof ApiError)) throw error;
  const { text, hint } = toWords(error.envelope);
  return (
    <Banner tone="danger" title={text}>
      {hint}
    </Banner>
  );
}
