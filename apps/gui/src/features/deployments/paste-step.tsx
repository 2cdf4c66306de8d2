'use client';

import { useMutation } from '@tanstack/react-query';
import { ArrowRight, ScanText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { DeployReading } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Textarea } from '../../ui/input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { Failure } from '../shell/failure.tsx';

/** A text from elsewhere, and what of it is not understood before anything comes of it. */
export function PasteStep({ onRead }: { onRead: (reading: DeployReading) => void }) {
  const t = useTranslations('deploy.paste');
  const toWords = useErrorWords();
  const hydrated = useHydrated();
  const [text, setText] = useState('');
  const reading = useMutation({
    mutationFn: () => api<DeployReading>('POST', '/deployments/read', { body: { text } }),
  });
  const { error } = reading;
  const isMistake = error instanceof ApiError && error.status === 400;
  const words = isMistake ? toWords(error.envelope) : null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    reading.mutate();
  };
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <PageHeader title={t('title')} description={t('text')} />
      <form onSubmit={submit}>
        <fieldset disabled={!hydrated} className="contents">
          <Card className="flex flex-col gap-4">
            <Field
              label={t('label')}
              hint={t('hint')}
              error={words === null ? undefined : `${words.text} ${words.hint}`}
              required
            >
              {(control) => (
                <Textarea
                  {...control}
                  name="text"
                  autoComplete="off"
                  spellCheck={false}
                  className="min-h-48 font-mono"
                  value={text}
                  onChange={({ target }) => {
                    setText(target.value);
                    reading.reset();
                  }}
                />
              )}
            </Field>
            <Button type="submit" loading={reading.isPending} disabled={text.trim() === ''} className="self-end">
              <ScanText aria-hidden />
              {t('read')}
            </Button>
          </Card>
        </fieldset>
      </form>
      {error instanceof ApiError && !isMistake && (
        <Failure level="part" error={error.envelope} onRetry={() => reading.mutate()} />
      )}
      {reading.data && <Report reading={reading.data} onGo={onRead} />}
    </div>
  );
}

function Report({ reading, onGo }: { reading: DeployReading; onGo: (reading: DeployReading) => void }) {
  const t = useTranslations('deploy.paste');
  const { input, notUnderstood } = reading;
  return (
    <Card role="region" aria-label={t('report')} className="flex flex-col gap-4">
      <CardTitle>{t('report')}</CardTitle>
      <p>
        {t.rich('image', {
          image: () => (
            <code translate="no" className="break-all">
              {input.image}
            </code>
          ),
        })}
      </p>
      {notUnderstood.length === 0 ? (
        <Banner tone="info" title={t('all')} />
      ) : (
        <>
          <p>{t('left', { count: notUnderstood.length })}</p>
          <ul className="flex flex-col gap-2">
            {notUnderstood.map(({ what, reason }) => (
              <li key={`${reason} ${what}`} className="border-s-2 border-line ps-3">
                <code translate="no" className="break-all">
                  {what}
                </code>
                <p className="text-fg-2">{t(`reason.${reason}`)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button look="primary" className="self-end" onClick={() => onGo(reading)}>
        {t('next')}
        <ArrowRight aria-hidden className="rtl:rotate-180" />
      </Button>
    </Card>
  );
}
