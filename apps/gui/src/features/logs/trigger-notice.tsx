'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Capability, Container, PresetLogTrigger } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import type { TriggerHit } from './log-triggers.rules.ts';

const TONES = { error: 'danger', warning: 'warning', info: 'info' } as const;
const WORST: readonly PresetLogTrigger['severity'][] = ['error', 'warning', 'info'];
/** What each page takes. */
const PAGES: Readonly<Record<'settings' | 'shell' | 'console', Capability>> = {
  settings: 'containers.settingsSee',
  shell: 'containers.shell',
  console: 'containers.console',
};

interface Props {
  container: Pick<Container, 'id' | 'rights'>;
  triggers: readonly PresetLogTrigger[];
  hits: readonly TriggerHit[];
}

/** The worst of what the preset knows in this log, and what mends it, until somebody has read it. */
export function TriggerNotice({ container, triggers, hits }: Props) {
  const t = useTranslations('logs');
  const common = useTranslations('common');
  const format = useFormatter();
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const open = hits.flatMap((hit) => {
    const trigger = triggers[hit.index];
    return trigger === undefined || read.has(keyOf(hit)) ? [] : [{ hit, trigger }];
  });
  const worst = WORST.map((severity) => open.findLast(({ trigger }) => trigger.severity === severity)).find(Boolean);
  if (worst === undefined) return null;
  const { hit, trigger } = worst;
  return (
    <Banner
      tone={TONES[trigger.severity]}
      data-trigger={trigger.label}
      className="rounded-none border-x-0 border-t-0"
      title={trigger.label}
      actions={
        <>
          {trigger.fix !== undefined && <Fix container={container} fix={trigger.fix} />}
          <Button onClick={() => setRead((before) => new Set([...before, keyOf(hit)]))}>{common('close')}</Button>
        </>
      }
    >
      {t('triggered', { at: format.dateTime(new Date(hit.at), { dateStyle: 'medium', timeStyle: 'medium' }) })}
    </Banner>
  );
}

const keyOf = ({ index, cursor }: TriggerHit): string => `${index}.${cursor}`;

/** Only what this person may do. */
function Fix({
  container: { id, rights },
  fix,
}: Pick<Props, 'container'> & { fix: NonNullable<PresetLogTrigger['fix']> }) {
  const t = useTranslations('logs');
  const fail = useErrorToast();
  const [busy, setBusy] = useState(false);
  if ('page' in fix)
    return rights.can.includes(PAGES[fix.page]) ? (
      <Button asChild look="primary">
        <Link href={`/containers/${id}/${fix.page}`}>{fix.label}</Link>
      </Button>
    ) : null;
  if (!rights.can.includes('containers.console')) return null;
  const send = () => {
    setBusy(true);
    api('POST', `/containers/${id}/console`, { body: { line: fix.line } })
      .then(() => toast(t('fixSent', { line: fix.line })), fail)
      .finally(() => setBusy(false));
  };
  return (
    <Button look="primary" loading={busy} onClick={send}>
      {fix.label}
    </Button>
  );
}
