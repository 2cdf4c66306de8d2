import { useTranslations } from 'next-intl';
import type { DeployReview, PresetPort } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { type DeployForm, freeInstead, portKey } from './deploy-form.rules.ts';

interface Props {
  port: PresetPort;
  form: DeployForm;
  review: DeployReview | undefined;
  error: string | undefined;
  onChange: (form: DeployForm) => void;
  onLeave: () => void;
}

/** Where one port is published; empty is a free one, and the review says which. */
export function PortField({ port, form, review, error, onChange, onLeave }: Props) {
  const t = useTranslations('deploy');
  const key = portKey(port);
  const instead = freeInstead(review, port, form.ports[key] ?? '');
  return (
    <Field
      label={port.label === key ? key : t('port', { label: port.label, port: key })}
      hint={t('portHint')}
      error={error}
    >
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            {...control}
            name={`port-${port.containerPort}`}
            inputMode="numeric"
            autoComplete="off"
            className="max-w-40"
            placeholder={suggestedPort(review, port.containerPort) ?? t('anyPort')}
            value={form.ports[key] ?? ''}
            onChange={({ target }) => onChange({ ...form, ports: { ...form.ports, [key]: target.value } })}
            onBlur={onLeave}
          />
          {instead !== null && (
            <Button onClick={() => onChange({ ...form, ports: { ...form.ports, [key]: String(instead) } })}>
              {t('usePort', { port: String(instead) })}
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}

export function suggestedPort(review: DeployReview | undefined, containerPort: number): string | undefined {
  const hostPort = review?.ports.find((port) => port.containerPort === containerPort)?.hostPort;
  return hostPort === undefined || hostPort === null ? undefined : String(hostPort);
}
