'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Container, FileEntry } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useNeeds } from '../identity/needs.ts';
import { BULK_ACTS, type FileAct, isFor, NEEDS } from './file-acts.rules.ts';
import { ACT_ICONS } from './file-menu.tsx';

interface Props {
  container: Pick<Container, 'rights'>;
  chosen: readonly FileEntry[];
  onAct: (act: FileAct, entries: readonly FileEntry[]) => void;
  onClear: () => void;
}

/** What can be done to all that is chosen; each button names how many of them it reaches. */
export function FileBulkBar({ container, chosen, onAct, onClear }: Props) {
  const t = useTranslations('files');
  const needs = useNeeds();
  if (chosen.length === 0) return null;
  return (
    <section
      aria-label={t('bulk.label')}
      data-slot="bulk-bar"
      className="sticky bottom-16 z-20 mt-3 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface-1 px-3 py-2 shadow-pop md:bottom-4"
    >
      <strong className="me-auto font-semibold tabular-nums">{t('bulk.count', { count: chosen.length })}</strong>
      {BULK_ACTS.map((act) => {
        const able = chosen.filter((entry) => isFor(act, entry));
        const reason = needs(container, NEEDS[act]) ?? (able.length === 0 ? t('bulk.none') : null);
        const Icon = ACT_ICONS[act];
        return (
          <DisabledReason key={act} reason={reason}>
            <Button disabled={reason !== null} onClick={() => onAct(act, able)}>
              <Icon aria-hidden />
              {t('bulk.do', { act: t(`acts.${act}`), count: able.length })}
            </Button>
          </DisabledReason>
        );
      })}
      <IconButton label={t('bulk.clear')} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}
