'use client';

import { Ellipsis, FolderInput, ScrollText, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Container } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuItem, MenuLine, MenuTrigger } from '../../ui/menu.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { ACTION_ICONS } from '../containers/power-buttons.tsx';
import { type BulkPlan, planBulk, type PowerAction } from '../containers/power.rules.ts';
import { useWhy } from '../containers/why-hook.ts';
import { MOST_SOURCES } from '../logs/together.rules.ts';

interface Props {
  chosen: readonly Container[];
  hidden: number;
  onPlan: (plan: BulkPlan<Container>) => void;
  /** Those of the chosen that can be put into a project. */
  onProject: (containers: readonly Container[]) => void;
  onClear: () => void;
}

const FIRST: readonly PowerAction[] = ['start', 'stop', 'restart'];
const MORE: readonly PowerAction[] = ['pause', 'unpause', 'kill', 'delete'];

/** What can be done to all that is chosen; each button names how many of them it reaches. */
export function BulkBar({ chosen, hidden, onPlan, onProject, onClear }: Props) {
  const t = useTranslations('containers.selection');
  if (chosen.length === 0) return null;
  return (
    <section
      aria-label={t('label')}
      data-slot="bulk-bar"
      className="sticky bottom-16 z-20 mt-3 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface-1 px-3 py-2 shadow-pop md:bottom-4"
    >
      <span className="me-auto tabular-nums">
        <strong className="font-semibold">{t('count', { count: chosen.length })}</strong>
        {hidden > 0 && <span className="ms-2 text-fg-3">{t('hidden', { count: hidden })}</span>}
      </span>
      {FIRST.map((action) => (
        <BulkButton key={action} plan={planBulk(action, chosen)} onPlan={onPlan} />
      ))}
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={t('more')} look="secondary">
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent>
          {MORE.map((action) => (
            <BulkItem key={action} plan={planBulk(action, chosen)} onPlan={onPlan} />
          ))}
          <MenuLine />
          <LogsItem chosen={chosen} />
          <ProjectItem chosen={chosen} onProject={onProject} />
        </MenuContent>
      </Menu>
      <IconButton label={t('clear')} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </section>
  );
}

interface OneProps {
  plan: BulkPlan<Container>;
  onPlan: (plan: BulkPlan<Container>) => void;
}

function BulkButton({ plan, onPlan }: OneProps) {
  const { text, reason, Icon } = useBulkWords(plan);
  return (
    <DisabledReason reason={reason}>
      <Button disabled={reason !== null} onClick={() => onPlan(plan)}>
        <Icon aria-hidden />
        {text}
      </Button>
    </DisabledReason>
  );
}

function BulkItem({ plan, onPlan }: OneProps) {
  const { text, reason, Icon } = useBulkWords(plan);
  return (
    <MenuItem look={plan.action === 'delete' ? 'danger' : 'plain'} reason={reason} onSelect={() => onPlan(plan)}>
      <Icon aria-hidden />
      {text}
    </MenuItem>
  );
}

function ProjectItem({ chosen, onProject }: Pick<Props, 'chosen' | 'onProject'>) {
  const t = useTranslations('projects.link');
  const able = chosen.filter(({ rights }) => rights.can.includes('containers.manageAccess'));
  return (
    <MenuItem reason={able.length === 0 ? t('bulkWhy') : null} onSelect={() => onProject(able)}>
      <FolderInput aria-hidden />
      {t('bulk')}
    </MenuItem>
  );
}

/** Their logs in one viewer. */
function LogsItem({ chosen }: Pick<Props, 'chosen'>) {
  const t = useTranslations('logs.together');
  const router = useRouter();
  const able = chosen.filter(({ rights }) => rights.can.includes('containers.logs'));
  const reason =
    able.length === 0 ? t('bulkWhy') : able.length > MOST_SOURCES ? t('bulkMany', { most: MOST_SOURCES }) : null;
  return (
    <MenuItem reason={reason} onSelect={() => router.push(`/logs?containers=${able.map(({ id }) => id).join(',')}`)}>
      <ScrollText aria-hidden />
      {t('bulk', { count: able.length })}
    </MenuItem>
  );
}

function useBulkWords({ action, able, unable }: BulkPlan<Container>) {
  const t = useTranslations('containers');
  const why = useWhy();
  const [first] = unable;
  return {
    text: t('selection.do', { action: t(`action.${action}`), count: able.length }),
    reason: able.length === 0 && first ? why(first.reason) : null,
    Icon: ACTION_ICONS[action],
  };
}
