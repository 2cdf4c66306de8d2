'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Plugin, Tenant } from '@bailiwick/contract';
import { useLiveItem, useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { GonePlugin } from './gone-plugin.tsx';
import { PluginActions } from './plugin-actions.tsx';
import { PluginConsentCard } from './plugin-consent-card.tsx';
import { PluginConsentForm } from './plugin-consent-form.tsx';
import { PluginFacts } from './plugin-facts.tsx';
import { PluginLogCard } from './plugin-log-card.tsx';
import { PluginNotices } from './plugin-notices.tsx';
import { PluginSettingsCard } from './plugin-settings-card.tsx';
import { PluginStatusBadge } from './plugin-status.tsx';
import { PluginWorkCard } from './plugin-work-card.tsx';

interface Props {
  plugin: Plugin;
  tenants: readonly Tenant[];
}

/** One plugin: how it stands, what it may do, what is set for it, and what it says. */
export function PluginPage({ plugin: initial, tenants }: Props) {
  const t = useTranslations('plugins');
  const router = useRouter();
  const [first] = useState([initial]);
  const list = useLiveList('plugins', first);
  const plugins = useLiveItems(list, first);
  const plugin = useLiveItem(list, initial.id, initial);
  const [agreeing, setAgreeing] = useState(false);
  useShortcuts([{ keys: 'u', label: t('keys.up'), group: 'detail', run: () => router.push('/plugins') }]);
  if (!plugin && list.since !== null) return <GonePlugin />;
  const now = plugin ?? initial;
  const agree = () => setAgreeing(true);
  return (
    <div className="max-w-5xl">
      <Link
        href="/plugins"
        className="mb-3 inline-flex min-h-6 items-center gap-1 text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('title')}
      </Link>
      <PageHeader
        title={<span translate="no">{now.name}</span>}
        aside={
          <span aria-live="polite">
            <PluginStatusBadge plugin={now} look="pill" />
          </span>
        }
        description={now.manifest?.description === '' ? undefined : now.manifest?.description}
        actions={<PluginActions plugin={now} />}
      />
      <div className="flex flex-col gap-4">
        <PluginNotices plugin={now} plugins={plugins} onAgree={agree} />
        <div className="grid gap-4 lg:grid-cols-2">
          <PluginFacts plugin={now} />
          <PluginConsentCard plugin={now} tenants={tenants} onAgree={agree} />
        </div>
        <PluginWorkCard plugin={now} />
        {now.settings !== null && <PluginSettingsCard plugin={now} />}
        <PluginLogCard plugin={now} />
      </div>
      {agreeing && now.manifest !== null && (
        <PluginConsentForm plugin={now} tenants={tenants} onClose={() => setAgreeing(false)} />
      )}
    </div>
  );
}
