import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '../../ui/badge.tsx';
import type { ScopeRisk } from './plugin.rules.ts';

const TONES: Readonly<Record<ScopeRisk, Tone>> = { low: 'neutral', elevated: 'info', high: 'warning' };

/** How grave it is; nothing where it is not. */
export function RiskBadge({ risk }: { risk: ScopeRisk }) {
  const t = useTranslations('plugins.risk');
  return risk === 'low' ? null : <Badge tone={TONES[risk]}>{t(risk)}</Badge>;
}
