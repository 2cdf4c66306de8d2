import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Preset } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/input.tsx';
import { CheckField, FormSection, NumberField, TextField } from './form-fields.tsx';
import { withOptional } from './preset-draft.rules.ts';
import type { PartProps } from './preset-form.tsx';

const PROTOCOLS = ['tcp', 'udp'] as const;
const FOLDERS = ['explorerRoot', 'consoleDirectory'] as const;
type Port = Preset['config']['ports'][number];

/** Where it is reached, and where its data is kept. */
export function PresetPlaces({ preset, onChange }: PartProps) {
  const t = useTranslations('catalogue.editor');
  const { ports, volumes } = preset.config;
  const setPorts = (next: readonly Port[]) => onChange({ ...preset, config: { ...preset.config, ports: [...next] } });
  const setVolumes = (next: typeof volumes) => onChange({ ...preset, config: { ...preset.config, volumes: next } });
  const setPort = (at: number, changed: Partial<Port>) =>
    setPorts(ports.map((port, index) => (index === at ? { ...port, ...changed } : port)));
  const setSuggested = (at: number, text: string) => {
    const { suggestedHostPort: _, ...rest } = ports[at] ?? {
      containerPort: 0,
      protocol: 'tcp' as const,
      label: '',
      web: false,
    };
    const port: Port = text.trim() === '' ? rest : { ...rest, suggestedHostPort: Number(text) || 0 };
    setPorts(ports.map((each, index) => (index === at ? port : each)));
  };
  const setFolder = (field: (typeof FOLDERS)[number] | 'workspace', text: string) =>
    onChange({ ...preset, config: withOptional(preset.config, { [field]: text === '' ? undefined : text }) });
  return (
    <>
      <FormSection title={t('ports')}>
        {ports.map((port, at) => (
          <ListRow
            key={at}
            remove={t('remove', { what: port.label === '' ? t('ports') : port.label })}
            onRemove={() => setPorts(ports.filter((_, index) => index !== at))}
          >
            <TextField
              label={t('label')}
              maxLength={40}
              value={port.label}
              onValue={(label) => setPort(at, { label })}
            />
            <NumberField
              label={t('containerPort')}
              value={port.containerPort}
              onNumber={(containerPort) => setPort(at, { containerPort })}
            />
            <Field label={t('protocol')}>
              {(control) => (
                <Select
                  {...control}
                  value={port.protocol}
                  onChange={({ target }) => setPort(at, { protocol: target.value === 'udp' ? 'udp' : 'tcp' })}
                >
                  {PROTOCOLS.map((protocol) => (
                    <option key={protocol} value={protocol}>
                      {protocol.toUpperCase()}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <TextField
              label={t('suggested')}
              inputMode="numeric"
              value={port.suggestedHostPort === undefined ? '' : String(port.suggestedHostPort)}
              onValue={(text) => setSuggested(at, text)}
            />
            <CheckField label={t('web')} checked={port.web} onCheck={(web) => setPort(at, { web })} />
          </ListRow>
        ))}
        <AddButton onClick={() => setPorts([...ports, { containerPort: 0, protocol: 'tcp', label: '', web: false }])}>
          {t('addPort')}
        </AddButton>
      </FormSection>
      <FormSection title={t('volumes')}>
        {volumes.map((volume, at) => (
          <ListRow
            key={at}
            remove={t('remove', { what: volume.name === '' ? t('volumes') : volume.name })}
            onRemove={() => setVolumes(volumes.filter((_, index) => index !== at))}
          >
            <TextField
              label={t('volumeName')}
              maxLength={30}
              value={volume.name}
              onValue={(name) => setVolumes(volumes.map((each, index) => (index === at ? { ...each, name } : each)))}
            />
            <TextField
              label={t('target')}
              value={volume.target}
              onValue={(target) =>
                setVolumes(volumes.map((each, index) => (index === at ? { ...each, target } : each)))
              }
            />
          </ListRow>
        ))}
        <AddButton onClick={() => setVolumes([...volumes, { name: '', target: '' }])}>{t('addVolume')}</AddButton>
        <TextField
          label={t('workspace')}
          hint={t('workspaceHint')}
          value={preset.config.workspace ?? ''}
          onValue={(text) => setFolder('workspace', text)}
        />
      </FormSection>
      <FormSection title={t('begin')}>
        <div className="grid gap-4 sm:grid-cols-2">
          {FOLDERS.map((field) => (
            <TextField
              key={field}
              label={t(field)}
              hint={t(`${field}Hint`)}
              value={preset.config[field] ?? ''}
              onValue={(text) => setFolder(field, text)}
            />
          ))}
        </div>
      </FormSection>
    </>
  );
}

export function ListRow({ remove, onRemove, children }: { remove: string; onRemove: () => void; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2 border-b border-line pb-4 last-of-type:border-0">
      <div className="grid min-w-0 grow gap-3 sm:grid-cols-2">{children}</div>
      <IconButton label={remove} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}

export function AddButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button className="self-start" onClick={onClick}>
      <Plus aria-hidden />
      {children}
    </Button>
  );
}
