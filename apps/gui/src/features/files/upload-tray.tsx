'use client';

import { ChevronDown, ChevronUp, Pause, Play, RotateCw, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { useErrorWords } from '../shell/error-words.ts';
import { type Upload, uploads } from './upload-list.ts';

const NONE: readonly Upload[] = [];
/** Of thousands the first are drawn; the rest are counted. */
const MOST_DRAWN = 50;

/** At the corner of every page while something is on its way. */
export function UploadTray() {
  const t = useTranslations('files.uploads');
  const locale = useLocale();
  const all = useSyncExternalStore(uploads.subscribe, uploads.all, () => NONE);
  const [open, setOpen] = useState(true);
  const userId = useMe().user.id;
  const fail = useErrorToast();
  const restore = useEffectEvent(() => void uploads.restore(userId).catch(fail));
  useEffect(() => restore(), []);
  const under = all.filter(({ state }) => state === 'waiting' || state === 'sending');
  const busy = under.length > 0;
  useEffect(() => {
    if (!busy) return undefined;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    return () => window.removeEventListener('beforeunload', onUnload);
  }, [busy]);
  if (all.length === 0) return null;
  const size = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const sent = all.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  const done = all.filter(({ state }) => state === 'done' || state === 'skipped').length;
  const order = [...all].sort((one, other) => RANK[one.state] - RANK[other.state]);
  return (
    <section
      aria-label={t('label')}
      data-slot="upload-tray"
      className="fixed end-4 bottom-20 z-40 flex w-96 max-w-[calc(100vw-2rem)] flex-col rounded-lg border border-line-strong bg-surface-1 shadow-pop md:bottom-4"
    >
      <div className="flex items-center gap-2 px-3 py-1">
        <div role="status" className="min-w-0 grow">
          <h2 className="text-sm font-medium tabular-nums">
            {busy ? t('under', { done, total: all.length }) : t('ended', { done, total: all.length })}
          </h2>
        </div>
        <IconButton label={open ? t('fold') : t('unfold')} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
        </IconButton>
        {!busy && (
          <IconButton label={t('clear')} onClick={() => uploads.clearEnded()}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="px-3 pb-2">
        <Progress label={t('total')} percent={size === 0 ? (busy ? null : 100) : (sent / size) * 100} />
        <p className="mt-1 text-xs text-fg-3 tabular-nums">
          {t('bytes', { sent: formatBytes(sent, locale), size: formatBytes(size, locale) })}
        </p>
      </div>
      {open && (
        <ul className="max-h-72 overflow-y-auto border-t border-line" tabIndex={0} aria-label={t('files')}>
          {order.slice(0, MOST_DRAWN).map((upload) => (
            <UploadRow key={upload.key} upload={upload} />
          ))}
          {order.length > MOST_DRAWN && (
            <li className="px-3 py-2 text-xs text-fg-3">{t('more', { count: order.length - MOST_DRAWN })}</li>
          )}
        </ul>
      )}
    </section>
  );
}

const RANK: Record<Upload['state'], number> = {
  asking: 0,
  failed: 1,
  left: 2,
  sending: 3,
  paused: 4,
  waiting: 5,
  done: 6,
  skipped: 7,
};

function UploadRow({ upload }: { upload: Upload }) {
  const t = useTranslations('files.uploads');
  const words = useErrorWords();
  const { key, name, target, state, sizeBytes, sentBytes, error } = upload;
  return (
    <li className="flex flex-col gap-1 border-b border-line px-3 py-2 text-sm last:border-b-0">
      <span className="flex items-center gap-1">
        <span translate="no" title={`${target.containerName}: ${target.folder}`} className="min-w-0 grow truncate">
          {name}
        </span>
        <span className="shrink-0 text-xs text-fg-3">{t(`state.${state}`)}</span>
        {(state === 'sending' || state === 'waiting') && (
          <IconButton label={t('pause', { name })} className="size-7 touch:size-11" onClick={() => uploads.pause(key)}>
            <Pause aria-hidden />
          </IconButton>
        )}
        {state === 'paused' && (
          <IconButton
            label={t('resume', { name })}
            className="size-7 touch:size-11"
            onClick={() => uploads.resume(key)}
          >
            <Play aria-hidden />
          </IconButton>
        )}
        {state === 'failed' && (
          <IconButton label={t('retry', { name })} className="size-7 touch:size-11" onClick={() => uploads.resume(key)}>
            <RotateCw aria-hidden />
          </IconButton>
        )}
        {state !== 'done' && (
          <IconButton
            label={t('cancel', { name })}
            className="size-7 touch:size-11"
            onClick={() => uploads.cancel(key)}
          >
            <X aria-hidden />
          </IconButton>
        )}
      </span>
      {(state === 'sending' || state === 'paused' || state === 'left') && (
        <Progress label={t('progress', { name })} percent={sizeBytes === 0 ? 0 : (sentBytes / sizeBytes) * 100} />
      )}
      {state === 'failed' && error && <p className="text-xs text-danger">{words(error).text}</p>}
      {state === 'left' && <ChooseAgain upload={upload} />}
      {state === 'asking' && (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-xs text-fg-2">{t('exists')}</span>
          <Button size="small" onClick={() => uploads.answer(key, 'replace', false)}>
            {t('replace')}
          </Button>
          <Button size="small" onClick={() => uploads.answer(key, 'skip', false)}>
            {t('skip')}
          </Button>
          <Button size="small" onClick={() => uploads.answer(key, 'replace', true)}>
            {t('replaceAll')}
          </Button>
          <Button size="small" onClick={() => uploads.answer(key, 'skip', true)}>
            {t('skipAll')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** The page that had its file is gone; whoever chooses it again goes on where it was. */
function ChooseAgain({ upload: { key, name } }: { upload: Upload }) {
  const t = useTranslations('files.uploads');
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-xs text-fg-2">{t('left')}</span>
      <Button size="small" aria-label={t('chooseNamed', { name })} onClick={() => input.current?.click()}>
        {t('choose')}
      </Button>
      {wrong && (
        <p role="alert" className="text-xs text-danger">
          {t('another')}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        data-slot="pick-again"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) setWrong(!uploads.choose(key, file));
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
