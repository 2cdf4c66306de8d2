'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Preset } from '@bailiwick/contract';
import { Card, CardTitle } from '../../ui/card.tsx';
import { startForm, unaskedPorts } from '../deployments/deploy-form.rules.ts';
import { PortField } from '../deployments/port-field.tsx';
import { QuestionOrPort } from '../deployments/question-or-port.tsx';

/** The form people will fill in, to be tried; nothing is sent. */
export function PresetPreview({ preset }: { preset: Preset | undefined }) {
  const t = useTranslations('catalogue.editor');
  return (
    <Card aria-label={t('preview')} className="flex flex-col gap-4">
      <CardTitle>{t('preview')}</CardTitle>
      {preset === undefined ? <p className="text-fg-2">{t('previewWaits')}</p> : <Preview preset={preset} />}
    </Card>
  );
}

function Preview({ preset }: { preset: Preset }) {
  const [form, setForm] = useState(() => startForm(preset, []));
  const nothing = () => undefined;
  return (
    <>
      {preset.questions.map((question) => (
        <QuestionOrPort
          key={question.name}
          question={question}
          form={form}
          review={undefined}
          errorOf={nothing}
          onChange={setForm}
          onLeave={nothing}
        />
      ))}
      {unaskedPorts(preset).map((port) => (
        <PortField
          key={`${port.containerPort}/${port.protocol}`}
          port={port}
          form={form}
          review={undefined}
          error={undefined}
          onChange={setForm}
          onLeave={nothing}
        />
      ))}
    </>
  );
}
