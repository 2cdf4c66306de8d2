import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { useMay } from '../identity/me.tsx';
import { ALERT_TABS, type AlertTab, tabAddress } from './alert.rules.ts';
import { useAlerts } from './alerts-followed.tsx';

const SILENCES_ADDRESS = '/alerts/silences';
const RULES_ADDRESS = '/alerts/rules';

/** What is open, what was, what is silenced, and for staff what is watched. */
export function AlertTabs({ current }: { current: AlertTab | 'silences' | 'rules' }) {
  const t = useTranslations('alerts.tab');
  const maySeeRules = useMay('settings.see');
  const open = useAlerts().filter(({ state }) => state === 'open').length;
  const tabs = ALERT_TABS.map((each) => ({
    label: each === 'open' ? t('open', { count: open }) : t('closed'),
    href: tabAddress(each),
    current: each === current,
  }));
  const silences = { label: t('silences'), href: SILENCES_ADDRESS, current: current === 'silences' };
  const rules = { label: t('rules'), href: RULES_ADDRESS, current: current === 'rules' };
  return <LinkTabs label={t('label')} className="mb-4" tabs={[...tabs, silences, ...(maySeeRules ? [rules] : [])]} />;
}
