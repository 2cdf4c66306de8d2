'use client';

import { useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import type { FoundFile } from '@bailiwick/contract';
import { FileIcon } from '../files/file-icon.tsx';
import { inFolder } from '../files/file-path.rules.ts';
import type { SearchPanelProps } from './search-panel.tsx';

interface Props extends Pick<SearchPanelProps, 'hrefOf' | 'onOpen'> {
  folder: string;
  items: readonly FoundFile[];
}

/** What was found, each with its lines; all of it leads there. */
export function FoundList({ folder, items, hrefOf, onOpen }: Props) {
  const t = useTranslations('searches');
  const opens = (file: FoundFile, line: number) => ({
    href: hrefOf(file, line),
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      onOpen(file, line);
    },
  });
  return (
    <ul translate="no" className="overflow-hidden rounded-lg border border-line bg-surface-1">
      {items.map((file) => (
        <li key={file.path} className="border-b border-line py-1 last:border-b-0">
          <a
            {...opens(file, file.lines[0]?.line ?? 0)}
            className="flex min-w-0 items-center gap-2 px-3 py-1 text-sm font-medium hover:bg-surface-2 touch:min-h-11"
          >
            <FileIcon kind={file.kind} />
            <span className="min-w-0 break-all">{file.path.slice(inFolder(folder, '').length)}</span>
          </a>
          <ul>
            {file.lines.map(({ line, before, match, after }) => (
              <li key={line}>
                <a
                  {...opens(file, line)}
                  className="flex min-w-0 gap-2 px-3 py-0.5 text-xs text-fg-2 hover:bg-surface-2 touch:py-2.5"
                >
                  <span className="w-10 shrink-0 text-end text-fg-3 tabular-nums">
                    <span className="sr-only">{t('line')} </span>
                    {line}
                  </span>
                  <span className="min-w-0 truncate font-mono whitespace-pre">
                    {before.trimStart()}
                    <mark className="rounded-[2px] bg-warning-subtle text-fg outline-1 outline-warning-dot">
                      {match}
                    </mark>
                    {after}
                  </span>
                </a>
              </li>
            ))}
            {file.more && <li className="px-3 ps-15 text-xs text-fg-3">{t('more')}</li>}
          </ul>
        </li>
      ))}
    </ul>
  );
}
