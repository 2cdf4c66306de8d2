'use client';

import { useTranslations } from 'next-intl';
import type { DeployReview, PresetPort } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import type { FieldControl } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { type DeployForm, freeInstead, portKey } from './deploy-form.rules.ts';
import { useAnotherPort } from './use-another-port.ts';

interface Props {
  control: FieldControl;
  name: string;
  /** What it is called, for who hears the button without the field. */
  label: string;
  port: Pick<PresetPort, 'containerPort' | 'protocol'>;
  ports: DeployForm['ports'];
  review: DeployReview | undefined;
  onChange: (ports: DeployForm['ports']) => void;
  onLeave: () => void;
}

/** A port of the host; empty is a free one, and the review says which. */
export function PortInput({ control, name, label, port, ports, review, onChange, onLeave }: Props) {
  const t = useTranslations('deploy');
  const key = portKey(port);
  const typed = ports[key] ?? '';
  const suggested = suggestedPort(review, port);
  const fill = (hostPort: string) => onChange({ ...ports, [key]: hostPort });
  const instead = freeInstead(review, port, typed);
  const another = useAnotherPort({ port, ports, suggested, asked: review !== undefined, onFound: fill });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Input
        {...control}
        name={name}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        className="max-w-40"
        placeholder={suggested ?? t('anyPort')}
        value={typed}
        onChange={({ target }) => fill(target.value)}
        onBlur={onLeave}
      />
      {instead !== null ? (
        <Button onClick={() => fill(String(instead))}>{t('usePort', { port: String(instead) })}</Button>
      ) : (
        another.possible && (
          <Button aria-label={t('anotherPortFor', { label })} loading={another.asking} onClick={another.ask}>
            {t('anotherPort')}
          </Button>
        )
      )}
    </div>
  );
}

function suggestedPort(
  review: DeployReview | undefined,
  { containerPort, protocol }: Pick<PresetPort, 'containerPort' | 'protocol'>,
): string | undefined {
  const found = review?.ports.find((port) => port.containerPort === containerPort && port.protocol === protocol);
  return found?.hostPort == null ? undefined : String(found.hostPort);
}
