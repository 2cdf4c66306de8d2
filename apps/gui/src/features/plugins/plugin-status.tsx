import { useTranslations } from 'next-intl';
import type { Plugin } from '@bailiwick/contract';
import { StatusBadge } from '../../ui/badge.tsx';
import { STATUS_ICONS } from './plugin.rules.ts';

/** How it stands, in one word. */
export function PluginStatusBadge({ plugin: { status }, look }: { plugin: Plugin; look?: 'text' | 'pill' }) {
  const t = useTranslations('plugins');
  return (
    <StatusBadge icon={STATUS_ICONS[status]} look={look ?? 'text'} data-status={status}>
      {t(`status.${status}`)}
    </StatusBadge>
  );
}
