'use client';

import { CirclePause, CirclePlay, Play, RotateCw, Skull, Square, Trash2, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Capability, Container } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { MenuItem } from '../../ui/menu.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { isRightMissing } from '../access/rights.rules.ts';
import { WhyButton } from '../access/why-button.tsx';
import { useIntent } from './intent-hooks.ts';
import { capabilityOf, judge, type PowerAction } from './power.rules.ts';
import { useWhy } from './why-hook.ts';

export const ACTION_ICONS: Record<PowerAction, LucideIcon> = {
  start: Play,
  stop: Square,
  restart: RotateCw,
  pause: CirclePause,
  unpause: CirclePlay,
  kill: Skull,
  delete: Trash2,
};

interface Props {
  action: PowerAction;
  container: Container;
  onAsk: (action: PowerAction, container: Container) => void;
}

/** Why the action cannot be asked for now, as a sentence; null where it can. */
function useReason(action: PowerAction, container: Container): string | null {
  const why = useWhy();
  const intent = useIntent(container.id);
  if (intent?.state === 'asked') return why({ code: 'busy', params: {} });
  const verdict = judge(action, container);
  return verdict.able ? null : why(verdict.reason);
}

export function PowerButton({
  action,
  container,
  onAsk,
  look = 'secondary',
}: Props & { look?: 'primary' | 'secondary' }) {
  const t = useTranslations('containers');
  const reason = useReason(action, container);
  const Icon = ACTION_ICONS[action];
  const capability = capabilityOf(action);
  return (
    <DisabledReason
      reason={reason}
      more={
        isRightMissing(container.rights, capability) ? (
          <WhyButton resource={container.id} capability={capability} />
        ) : undefined
      }
    >
      <Button look={look} disabled={reason !== null} onClick={() => onAsk(action, container)}>
        <Icon aria-hidden />
        {t(`action.${action}`)}
      </Button>
    </DisabledReason>
  );
}

interface PowerItemProps extends Props {
  hint?: React.ReactNode;
  /** Asked for the reason where a right is missing. */
  onWhy: (capability: Capability) => void;
}

export function PowerItem({ action, container, onAsk, hint, onWhy }: PowerItemProps) {
  const t = useTranslations('containers');
  const capability = capabilityOf(action);
  const reason = useReason(action, container);
  const Icon = ACTION_ICONS[action];
  return (
    <MenuItem
      look={action === 'delete' ? 'danger' : 'plain'}
      reason={reason}
      {...(isRightMissing(container.rights, capability) ? { onWhy: () => onWhy(capability), why: t('whyLink') } : {})}
      hint={reason === null ? hint : undefined}
      onSelect={() => onAsk(action, container)}
    >
      <Icon aria-hidden />
      {t(`action.${action}`)}
    </MenuItem>
  );
}
