'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Hourglass, Play, SquareTerminal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type SubmitEvent, useState } from 'react';
import type { BackgroundCommand, CommandChoice, CommandResult, Container } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { BackgroundCommands, backgroundKey } from './background-commands.tsx';

const KEPT = 20;

interface Run {
  readonly key: number;
  readonly command: string;
  readonly result: CommandResult;
}
export interface CommandsPageProps {
  container: Pick<Container, 'id' | 'name' | 'state'>;
  choice: CommandChoice;
}

/** Single programs: those that are waited for, whose words stay until the page is left, and those that run on. */
export function CommandsPage({ container, choice }: CommandsPageProps) {
  const t = useTranslations('commands');
  const [command, setCommand] = useState('');
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const [back, setBack] = useState(-1);
  const client = useQueryClient();
  const router = useRouter();
  const [busy, setBusy] = useState<'run' | 'background' | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  /** The words say what came of it. */
  const begin = (way: 'run' | 'background', work: (typed: string) => Promise<string>) => {
    const typed = command.trim();
    if (typed === '' || busy !== null) return;
    setBusy(way);
    setError(null);
    work(typed)
      .then((said) => {
        setCommand('');
        setBack(-1);
        announce(said);
      })
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      })
      .finally(() => setBusy(null));
  };
  const run = () =>
    begin('run', async (typed) => {
      const result = await api<CommandResult>('POST', `/containers/${container.id}/run`, { body: { command: typed } });
      setRuns((was) => [{ key: (was[0]?.key ?? 0) + 1, command: typed, result }, ...was].slice(0, KEPT));
      return result.exitCode === null ? t('timedOut') : t('exitCode', { code: result.exitCode });
    });
  const runOn = () =>
    begin('background', async (typed) => {
      const body = { command: typed };
      const { id } = await api<BackgroundCommand>('POST', `/containers/${container.id}/background-commands`, { body });
      await client.invalidateQueries({ queryKey: backgroundKey(container.id) });
      router.replace(`?background=${id}`, { scroll: false });
      return t('background.started');
    });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (choice.programs.length > 0) run();
    else runOn();
  };
  const recall = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const at = Math.max(-1, Math.min(runs.length - 1, back + (event.key === 'ArrowUp' ? 1 : -1)));
    setBack(at);
    setCommand(runs[at]?.command ?? '');
  };

  if (choice.programs.length === 0 && !choice.anything) return <EmptyState icon={SquareTerminal} title={t('none')} />;
  if (container.state !== 'running')
    return (
      <div className="max-w-4xl">
        <EmptyState icon={SquareTerminal} title={t('notRunning')}>
          <p>{t('notRunningText')}</p>
        </EmptyState>
        <BackgroundCommands container={container} />
      </div>
    );
  return (
    <section aria-label={t('title', { name: container.name })} className="flex max-w-4xl flex-col gap-4">
      {choice.programs.length > 0 && <p className="text-sm text-fg-2">{t('text')}</p>}
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <Field label={t('label')} className="min-w-0 grow basis-64">
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              value={command}
              maxLength={4096}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={t('placeholder')}
              onChange={(event) => setCommand(event.target.value)}
              onKeyDown={recall}
            />
          )}
        </Field>
        {choice.programs.length > 0 && (
          <Button type="submit" look="primary" loading={busy === 'run'}>
            <Play aria-hidden />
            {t('run')}
          </Button>
        )}
        <Button type="button" loading={busy === 'background'} onClick={runOn}>
          <Hourglass aria-hidden />
          {t('background.run')}
        </Button>
      </form>
      <ErrorNotice error={error} />
      <details className="text-sm">
        <summary className="cursor-pointer text-fg-2">{t('allowed')}</summary>
        {choice.programs.length > 0 && (
          <p className="mt-2 font-mono text-xs break-words text-fg-2">{choice.programs.join(' ')}</p>
        )}
        {choice.anything && <p className="mt-1 text-fg-2">{t('background.anything')}</p>}
        {choice.directory !== null && (
          <p className="mt-1 text-fg-2">{t('directory', { directory: choice.directory })}</p>
        )}
      </details>
      <ol aria-label={t('results')} className="flex flex-col gap-3">
        {runs.map((run) => (
          <li key={run.key}>
            <RunResult run={run} />
          </li>
        ))}
      </ol>
      {runs.length === 0 && choice.programs.length > 0 && <p className="text-sm text-fg-3">{t('nothing')}</p>}
      <BackgroundCommands container={container} />
    </section>
  );
}

function RunResult({ run: { command, result } }: { run: Run }) {
  const t = useTranslations('commands');
  const { exitCode, stdout, stderr, truncated, timedOut } = result;
  const shape = 'max-h-96 overflow-auto px-3 py-2 font-mono text-xs whitespace-pre-wrap break-all';
  return (
    <article data-slot="run" className="overflow-hidden rounded-lg border border-line bg-surface-1">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <code className="min-w-0 grow font-mono text-sm break-all">{command}</code>
        <Badge tone={exitCode === 0 ? 'success' : 'warning'}>
          {timedOut || exitCode === null ? t('timedOut') : t('exitCode', { code: exitCode })}
        </Badge>
      </header>
      {stdout !== '' && (
        <pre tabIndex={0} role="region" aria-label={t('output', { command })} className={shape}>
          {stdout}
        </pre>
      )}
      {stderr !== '' && (
        <pre tabIndex={0} role="region" aria-label={t('errors', { command })} className={`${shape} text-danger`}>
          {stderr}
        </pre>
      )}
      {stdout === '' && stderr === '' && <p className="px-3 py-2 text-sm text-fg-3">{t('silent')}</p>}
      {truncated && <p className="border-t border-line px-3 py-1.5 text-xs text-fg-2">{t('truncated')}</p>}
    </article>
  );
}
