'use client';

import { useTranslations } from 'next-intl';
import type { Container } from '@bailiwick/contract';
import { StatusBadge } from '../../ui/badge.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { iconOf, shownExitCode } from './container-status.rules.ts';
import { useIntent } from './intent-hooks.ts';

interface Props {
  container: Container;
  look?: 'text' | 'pill';
}

/** The truth as shape, word and colour; while something was asked, what was asked. */
export function ContainerStatus({ container, look = 'text' }: Props) {
  const t = useTranslations('containers');
  const intent = useIntent(container.id);
  if (intent?.state === 'asked') {
    return (
      <StatusBadge icon="busy" look={look}>
        {t(`intent.${intent.action}`)}
      </StatusBadge>
    );
  }
  if (container.operationId !== null && container.status !== 'removing') {
    return (
      <StatusBadge icon="busy" look={look}>
        {t('intent.busy')}
      </StatusBadge>
    );
  }
  return (
    <StatusBadge
      icon={iconOf(container.status)}
      look={look}
      className={look === 'text' ? 'whitespace-normal' : undefined}
    >
      <StatusWord container={container} />
      {container.since !== null && container.status !== 'unknown' && (
        <>
          {' '}
          <TimeAgo
            at={container.since}
            form="span"
            className="text-fg-3 decoration-dotted group-data-stale/live:underline"
          />
        </>
      )}
    </StatusBadge>
  );
}

function StatusWord({ container }: { container: Container }) {
  const t = useTranslations('containers');
  const code = shownExitCode(container);
  if (code !== null) return t('exitedWith', { code });
  return t(container.status === 'killed' ? 'outOfMemory' : `status.${container.status}`);
}
