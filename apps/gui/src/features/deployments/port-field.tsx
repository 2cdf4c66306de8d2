import { useTranslations } from 'next-intl';
import type { DeployReview, PresetPort } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { type DeployForm, portKey } from './deploy-form.rules.ts';
import { PortInput } from './port-input.tsx';

interface Props {
  port: PresetPort;
  form: DeployForm;
  review: DeployReview | undefined;
  error: string | undefined;
  onChange: (form: DeployForm) => void;
  onLeave: () => void;
}

/** Where one port is published. */
export function PortField({ port, form, review, error, onChange, onLeave }: Props) {
  const t = useTranslations('deploy');
  const key = portKey(port);
  const label = port.label === key ? key : t('port', { label: port.label, port: key });
  return (
    <Field label={label} hint={t('portHint')} error={error}>
      {(control) => (
        <PortInput
          control={control}
          name={`port-${port.containerPort}`}
          label={label}
          port={port}
          ports={form.ports}
          review={review}
          onChange={(ports) => onChange({ ...form, ports })}
          onLeave={onLeave}
        />
      )}
    </Field>
  );
}
