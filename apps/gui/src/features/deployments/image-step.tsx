'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useRef, useState } from 'react';
import { Protocol } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMayAnywhere } from '../identity/me.tsx';
import { checkImageForm, type ImageForm } from './image-source.rules.ts';

const genericFirst = (one: Protocol, other: Protocol): number =>
  Number(other === 'generic') - Number(one === 'generic');

/** Which image, what of it is published, and what of it is kept. */
export function ImageStep({ form: first, onNext }: { form: ImageForm; onNext: (form: ImageForm) => void }) {
  const t = useTranslations('deploy.image');
  const words = useTranslations('deploy');
  const [edited, setForm] = useState<ImageForm | null>(null);
  const [tried, setTried] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  const hydrated = useHydrated();
  const bindsHost = useMayAnywhere('containers.bindHost');
  const form = edited ?? first;
  const wrong = checkImageForm(form);
  const errorOf = (field: keyof ImageForm) => {
    const line = wrong[field];
    if (!tried || line === undefined || field === 'profile' || field === 'protocol') return undefined;
    return t(`error.${field}`, { line });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length === 0) return onNext(form);
    announce(words('fixFirst'), 'assertive');
    requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form ref={formRef} noValidate onSubmit={submit} className="max-w-2xl">
      <PageHeader title={t('title')} description={t('text')} />
      <fieldset disabled={!hydrated} className="contents">
        <Card className="flex flex-col gap-4">
          <Field label={t('image')} hint={t('imageHint')} error={errorOf('image')} required>
            {(control) => (
              <Input
                {...control}
                name="image"
                maxLength={255}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={form.image}
                onChange={({ target }) => setForm({ ...form, image: target.value })}
              />
            )}
          </Field>
          {(['ports', 'volumes'] as const).map((field) => (
            <Field key={field} label={t(field)} hint={t(`${field}Hint`)} error={errorOf(field)}>
              {(control) => (
                <Textarea
                  {...control}
                  name={field}
                  autoComplete="off"
                  spellCheck={false}
                  className="min-h-20 font-mono"
                  value={form[field]}
                  onChange={({ target }) => setForm({ ...form, [field]: target.value })}
                />
              )}
            </Field>
          ))}
          {bindsHost && (
            <>
              <Field label={t('binds')} hint={t('bindsHint')} error={errorOf('binds')}>
                {(control) => (
                  <Textarea
                    {...control}
                    name="binds"
                    autoComplete="off"
                    spellCheck={false}
                    className="min-h-14 font-mono"
                    value={form.binds}
                    onChange={({ target }) => setForm({ ...form, binds: target.value })}
                  />
                )}
              </Field>
              {form.binds.trim() !== '' && (
                <Banner tone="warning" title={t('bindsWarning')}>
                  {t('bindsWarningText')}
                </Banner>
              )}
            </>
          )}
          <Field label={t('protocol')} hint={t('protocolHint')}>
            {(control) => (
              <Select
                {...control}
                name="protocol"
                value={form.protocol}
                onChange={({ target }) => setForm({ ...form, protocol: Protocol.parse(target.value) })}
              >
                {Protocol.options.toSorted(genericFirst).map((each) => (
                  <option key={each} value={each}>
                    {t(`protocolOf.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t('installCommand')} hint={t('installHint')} error={errorOf('installCommand')}>
            {(control) => (
              <Textarea
                {...control}
                name="installCommand"
                autoComplete="off"
                spellCheck={false}
                className="min-h-14 font-mono"
                value={form.installCommand}
                onChange={({ target }) => setForm({ ...form, installCommand: target.value })}
              />
            )}
          </Field>
          <Field label={t('profile')} hint={t('profileHint')}>
            {(control) => (
              <Select
                {...control}
                name="profile"
                value={form.profile}
                onChange={({ target }) =>
                  setForm({ ...form, profile: target.value === 'strict' ? 'strict' : 'compat' })
                }
              >
                <option value="compat">{t('compat')}</option>
                <option value="strict">{t('strict')}</option>
              </Select>
            )}
          </Field>
          <Button type="submit" look="primary" className="self-end">
            {t('next')}
            <ArrowRight aria-hidden className="rtl:rotate-180" />
          </Button>
        </Card>
      </fieldset>
    </form>
  );
}
