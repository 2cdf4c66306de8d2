'use client';

import { ChevronRight, Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { type Crumb, crumbsOf, toTypedPath } from './file-path.rules.ts';

export interface PathBarProps {
  path: string;
  /** An address of its own for each folder; without one they are buttons. */
  hrefOf?: (path: string) => string;
  onGo: (path: string) => void;
}

/** Where one is: each folder on the way leads there, and all of it can be typed. */
export function PathBar({ path, hrefOf, onGo }: PathBarProps) {
  const t = useTranslations('files.path');
  const [typed, setTyped] = useState<string | null>(null);
  const edit = () => setTyped(path);
  useShortcuts([{ keys: 'Ctrl l', label: t('edit'), group: 'list', run: edit }]);
  if (typed !== null)
    return (
      <form
        className="min-w-0 grow basis-64"
        onSubmit={(event) => {
          event.preventDefault();
          setTyped(null);
          onGo(toTypedPath(typed));
        }}
      >
        <Input
          autoFocus
          aria-label={t('label')}
          value={typed}
          maxLength={4096}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          translate="no"
          className="font-mono"
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => setTyped(null)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setTyped(null);
          }}
        />
      </form>
    );
  return (
    <nav aria-label={t('label')} className="flex min-w-0 grow basis-64 items-center gap-1">
      <ol translate="no" className="flex min-w-0 flex-wrap items-center text-sm">
        {crumbsOf(path).map((crumb, at, all) => (
          <Fragment key={crumb.path}>
            {at > 1 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-fg-3" />}
            <li className="max-w-56 min-w-0">
              <CrumbLink crumb={crumb} current={at === all.length - 1} hrefOf={hrefOf} onGo={onGo} />
            </li>
          </Fragment>
        ))}
      </ol>
      <IconButton label={t('edit')} hint={t('editKeys')} onClick={edit} className="size-7 touch:size-11">
        <Pencil aria-hidden />
      </IconButton>
    </nav>
  );
}

interface CrumbLinkProps extends Pick<PathBarProps, 'onGo'> {
  crumb: Crumb;
  current: boolean;
  hrefOf: PathBarProps['hrefOf'] | undefined;
}

function CrumbLink({ crumb: { name, path }, current, hrefOf, onGo }: CrumbLinkProps) {
  const shared = {
    className:
      'block max-w-full min-w-6 truncate rounded-sm px-1 py-0.5 text-fg-2 hover:bg-surface-2 hover:text-fg aria-[current]:font-medium aria-[current]:text-fg touch:py-2.5',
    ...(current ? { 'aria-current': 'location' as const } : {}),
  };
  if (hrefOf === undefined)
    return (
      <button type="button" {...shared} onClick={() => onGo(path)}>
        {name}
      </button>
    );
  return (
    <a
      href={hrefOf(path)}
      {...shared}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onGo(path);
      }}
    >
      {name}
    </a>
  );
}
