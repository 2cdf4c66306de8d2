'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import type { PortRow } from './configuration-form.rules.ts';
import { Changed, Locked } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';
import { Section } from './startup-sections.tsx';

const PROTOCOLS = ['tcp', 'udp'] as const;
const MOST_PORTS = 50;
const NEW_PORT: PortRow = { containerPort: '', protocol: 'tcp', hostPort: '' };

/** Which ports are published, and where on the host. */
export function PortsSection() {
  const t = useTranslations('configuration');
  const { applied, form, change, leave, errorOf, refusalOf } = useSettingsDesk();
  const isLocked = refusalOf('ports') !== null;
  const set = (ports: PortRow[]) => change({ ports });
  const put = (at: number, part: Partial<PortRow>) =>
    set(form.ports.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const now = applied.ports.map(
    ({ hostPort, containerPort, protocol }) => `${hostPort} → ${containerPort}/${protocol}`,
  );
  return (
    <Section title={t('section.ports')}>
      <Locked field="ports" />
      {form.ports.length === 0 && <p className="text-fg-2">{t('ports.none')}</p>}
      <ul className="flex flex-col gap-3">
        {form.ports.map((row, at) => (
          // A row is what stands at its place: it has no other name while it is typed.
          <li key={at} aria-label={t('ports.row', { number: at + 1 })} className="grid grid-cols-[1fr_auto] gap-2">
            <div className="grid items-start gap-2 sm:grid-cols-3">
              <Field label={t('ports.container')} error={errorOf(`ports.${at}`)}>
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    autoComplete="off"
                    readOnly={isLocked}
                    value={row.containerPort}
                    onChange={({ target }) => put(at, { containerPort: target.value })}
                    onBlur={() => leave(`ports.${at}`)}
                  />
                )}
              </Field>
              <Field label={t('ports.protocol')}>
                {(control) => (
                  <Select
                    {...control}
                    disabled={isLocked}
                    value={row.protocol}
                    onChange={({ target }) => put(at, { protocol: target.value === 'udp' ? 'udp' : 'tcp' })}
                  >
                    {PROTOCOLS.map((each) => (
                      <option key={each} value={each} translate="no">
                        {each}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field label={t('ports.host')}>
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    autoComplete="off"
                    readOnly={isLocked}
                    placeholder={t('ports.any')}
                    value={row.hostPort}
                    onChange={({ target }) => put(at, { hostPort: target.value })}
                    onBlur={() => leave(`ports.${at}`)}
                  />
                )}
              </Field>
            </div>
            {!isLocked && (
              <IconButton
                label={t('ports.remove', { port: row.containerPort })}
                className="mt-5"
                onClick={() => set(form.ports.filter((_, index) => index !== at))}
              >
                <Trash2 aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <Changed field="ports" now={now.join(', ')} />
      {!isLocked && (
        <Button
          className="self-start"
          disabled={form.ports.length >= MOST_PORTS}
          onClick={() => set([...form.ports, NEW_PORT])}
        >
          <Plus aria-hidden />
          {t('ports.add')}
        </Button>
      )}
    </Section>
  );
}
