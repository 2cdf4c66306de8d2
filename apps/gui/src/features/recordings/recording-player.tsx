'use client';

import '@xterm/xterm/css/xterm.css';
import { Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/input.tsx';
import { TerminalScreen } from '../terminals/terminal-screen.ts';
import { useTerminalPreferences } from '../terminals/terminal-preferences.ts';
import type { Cast } from './cast.rules.ts';
import { CastPlayer } from './cast-player.ts';

const SPEEDS = [0.5, 1, 2, 4, 16] as const;
const nothing = () => undefined;

/** What a terminal showed, shown again: nothing in it is typed to, opened or answered. */
export default function RecordingPlayer({ cast, label }: { cast: Cast; label: string }) {
  const t = useTranslations('recordings');
  const place = useRef<HTMLDivElement>(null);
  const player = useRef<CastPlayer | null>(null);
  const [preferences] = useTerminalPreferences();
  const [first] = useState({ label, cast, preferences });
  const [state, setState] = useState({ atMs: 0, plays: false });
  const [speed, setSpeed] = useState<number>(1);
  useEffect(() => {
    if (!place.current) return;
    const screen = new TerminalScreen(place.current, {
      label: first.label,
      ...first.preferences,
      onType: nothing,
      onSize: nothing,
      onPaste: nothing,
      onLink: nothing,
      onLeave: nothing,
    });
    screen.setReadOnly(true);
    const own = new CastPlayer(screen, first.cast, setState);
    player.current = own;
    own.play();
    return () => {
      own.dispose();
      screen.dispose();
    };
  }, [first]);
  return (
    <div className="flex min-w-0 flex-col gap-2" data-slot="recording" data-plays={state.plays}>
      <div className="overflow-auto rounded-md border border-line bg-inset p-2">
        <div ref={place} data-slot="terminal" className="w-max" />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <IconButton
          label={state.plays ? t('pause') : t('play')}
          onClick={() => (state.plays ? player.current?.pause() : player.current?.play())}
        >
          {state.plays ? <Pause aria-hidden /> : <Play aria-hidden />}
        </IconButton>
        <input
          type="range"
          aria-label={t('place')}
          aria-valuetext={clock(state.atMs)}
          min={0}
          max={Math.max(1, Math.ceil(cast.lengthMs))}
          value={Math.round(state.atMs)}
          onChange={({ target }) => void player.current?.seek(Number(target.value))}
          className="min-h-6 min-w-40 grow accent-accent touch:min-h-11"
        />
        <span className="text-xs text-fg-2 tabular-nums">
          {clock(state.atMs)} / {clock(cast.lengthMs)}
        </span>
        <Select
          aria-label={t('speed')}
          value={speed}
          className="w-auto"
          onChange={({ target }) => {
            setSpeed(Number(target.value));
            player.current?.setSpeed(Number(target.value));
          }}
        >
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {t('times', { speed: each })}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? minutes : `${Math.floor(seconds / 3600)}:${minutes}`;
}
