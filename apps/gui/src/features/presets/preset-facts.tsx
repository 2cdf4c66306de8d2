import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Preset } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';

/** What is made from it, what is asked before, and what stands in its console. */
export function PresetFacts({ preset, digest }: { preset: Preset; digest: string }) {
  const t = useTranslations('catalogue.page');
  const deploy = useTranslations('deploy');
  const types = useTranslations('catalogue.editor.types');
  const locale = useLocale();
  const { config, questions, quickActions, logTriggers, website } = preset;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card aria-label={t('creates')} className="flex flex-col gap-3">
        <CardTitle>{t('creates')}</CardTitle>
        <dl className="flex flex-col gap-2">
          <Fact name={t('image')}>
            <Code>{config.image}</Code>
          </Fact>
          {website && <Fact name={t('kind')}>{website.label}</Fact>}
          {config.ports.length > 0 && (
            <Fact name={t('ports')}>
              {config.ports.map(({ containerPort, protocol, label, suggestedHostPort: host }) => {
                const port = `${containerPort}/${protocol}`;
                return (
                  <span key={port} className="block">
                    {host === undefined
                      ? t('port', { label, port })
                      : t('portSuggested', { label, port, host: String(host) })}
                  </span>
                );
              })}
            </Fact>
          )}
          {config.volumes.length > 0 && (
            <Fact name={t('volumes')}>
              {config.volumes.map(({ name, target }) => (
                <span key={name} className="block">
                  {name} <Code>{target}</Code>
                </span>
              ))}
            </Fact>
          )}
          {config.workspace !== undefined && (
            <Fact name={t('workspace')}>
              <Code>{config.workspace}</Code>
            </Fact>
          )}
          <Fact name={t('limits')}>
            {t('limitsOf', { memory: formatBytes(config.memoryBytes, locale), count: config.cpus, pids: config.pids })}
          </Fact>
          <Fact name={t('restart')}>{deploy(`restartPolicy.${config.restart}`)}</Fact>
          {Object.keys(config.env).length > 0 && (
            <Fact name={t('variables')}>
              <Code>{Object.keys(config.env).join(', ')}</Code>
            </Fact>
          )}
          <Fact name={t('version')}>
            <Code>{digest.slice(0, 12)}</Code>
          </Fact>
        </dl>
      </Card>
      <div className="flex flex-col gap-4">
        <Card aria-label={t('questions')} className="flex flex-col gap-3">
          <CardTitle>{t('questions')}</CardTitle>
          {questions.length === 0 && <p className="text-fg-2">{t('noQuestions')}</p>}
          <dl className="flex flex-col gap-2">
            {questions.map((question) => (
              <Fact key={question.name} name={question.label}>
                {types(question.type)}
                {question.type === 'secret' && <> · {t('generated')}</>}
                {'default' in question && question.default !== undefined && question.type !== 'boolean' && (
                  <> · {String(question.default)}</>
                )}
              </Fact>
            ))}
          </dl>
        </Card>
        {quickActions.length > 0 && (
          <Card aria-label={t('quickActions')} className="flex flex-col gap-3">
            <CardTitle>{t('quickActions')}</CardTitle>
            <ul className="flex flex-wrap gap-1.5">
              {quickActions.map(({ label, line }) => (
                <li key={label}>
                  <Badge>
                    {label} <Code>{line}</Code>
                  </Badge>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {logTriggers.length > 0 && (
          <Card aria-label={t('triggers')} className="flex flex-col gap-3">
            <CardTitle>{t('triggers')}</CardTitle>
            <dl className="flex flex-col gap-2">
              {logTriggers.map(({ label, pattern, severity }) => (
                <Fact key={label} name={label}>
                  {t(`severity.${severity}`)} · <Code>{pattern}</Code>
                </Fact>
              ))}
            </dl>
          </Card>
        )}
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-fg-3">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

function Code({ children }: { children: ReactNode }) {
  return (
    <code translate="no" className="text-xs break-all">
      {children}
    </code>
  );
}
