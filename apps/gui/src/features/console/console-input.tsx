'use client';

import { ChevronRight, SendHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Container, ContainerConsole, LineSent } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PasteDialog } from '../terminals/paste-dialog.tsx';
import { InputClosed } from './input-closed.tsx';
import { useConsoleHistory } from './use-console-history.ts';

const LONGEST = 1024;

interface Props {
  container: Container;
  look: ContainerConsole;
  /** The way to the main program may be another. */
  onChanged: () => void;
}

/** One line for the main program, and what its preset has at hand. */
export function ConsoleInput({ container, look: { way, quickActions }, onChanged }: Props) {
  const t = useTranslations('console');
  const hydrated = useHydrated();
  const history = useConsoleHistory(container.id);
  const field = useRef<HTMLInputElement>(null);
  const [line, setLine] = useState('');
  const [pasted, setPasted] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const isUp = container.state === 'running';
  const isClosed = way === 'closed' || error?.envelope.code === 'stdin_closed';
  const isAble = hydrated && isUp && way !== 'closed';

  /** One after the other; what was refused and what comes after it is not sent. */
  const send = async (lines: readonly string[]) => {
    setBusy(true);
    setError(null);
    setSaid(null);
    try {
      for (const each of lines) {
        const sent = await api<LineSent>('POST', `/containers/${container.id}/console`, { body: { line: each } });
        history.add(each);
        if (sent.said !== null && sent.said.trim() !== '') setSaid(sent.said);
      }
      setLine('');
      announce(t('sent', { count: lines.length }));
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
      if (caught.envelope.code === 'stdin_closed') onChanged();
    } finally {
      setBusy(false);
      field.current?.focus();
    }
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && line.trim() !== '' && !busy) {
      event.preventDefault();
      void send([line]);
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const found = history.step(event.key === 'ArrowUp' ? -1 : 1, line);
    if (found !== null) setLine(found);
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\r\n]./s.test(text)) return;
    event.preventDefault();
    setPasted(text);
  };
  const takePasted = (text: string) => {
    setPasted(null);
    const lines = text.split(/\r\n|\r|\n/).filter((each) => each.trim() !== '');
    if (lines.length === 1) setLine((before) => before + text.trim());
    else void send(lines);
  };

  return (
    <div data-slot="console" data-way={way ?? 'unknown'} className="flex flex-col gap-2 border-t border-line p-2">
      {!isUp && <Banner title={t('notRunning')}>{t('notRunningText')}</Banner>}
      {way === null && <Banner tone="warning" title={t('unknown')} />}
      {way === 'program' && isUp && !isClosed && <p className="text-xs text-fg-3">{t('program')}</p>}
      {isClosed && <InputClosed container={container} onChanged={onChanged} />}
      <ErrorNotice error={isClosed && !isProgramTold(error) ? null : error} />
      {said !== null && (
        <pre
          role="status"
          aria-label={t('answer')}
          tabIndex={0}
          className="max-h-40 overflow-auto rounded-md bg-inset p-2 font-mono text-xs whitespace-pre-wrap"
        >
          {said.trimEnd()}
        </pre>
      )}
      {quickActions.length > 0 && (
        <div role="group" aria-label={t('quick')} className="flex flex-wrap gap-1">
          {quickActions.map(({ label, line: quick }) => (
            <Button
              key={label}
              size="small"
              title={quick}
              disabled={!isAble || busy}
              className="rounded-full"
              onClick={() => void send([quick])}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
      <div className="flex items-center gap-1">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-fg-3" />
        <Input
          ref={field}
          aria-label={t('line')}
          placeholder={t('placeholder')}
          value={line}
          maxLength={LONGEST}
          disabled={!isAble}
          readOnly={busy}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          className="font-mono"
          onChange={({ target }) => setLine(target.value)}
          onKeyDown={press}
          onPaste={paste}
        />
        <IconButton
          label={t('send')}
          disabled={!isAble || busy || line.trim() === ''}
          onClick={() => void send([line])}
        >
          <SendHorizontal aria-hidden />
        </IconButton>
      </div>
      <PasteDialog
        text={pasted}
        onClose={() => setPasted(null)}
        onClosed={() => field.current?.focus()}
        onPaste={takePasted}
      />
    </div>
  );
}

/** Whether a program of its image was there and did not take the line: that is more than that its input is closed. */
const isProgramTold = (error: ApiError | null): boolean =>
  error !== null && (error.envelope.code !== 'stdin_closed' || typeof error.envelope.params?.['program'] === 'string');
