import type { DeployInput, Preset } from '@bailiwick/contract';
import { type DeployForm, freeName, toDeployInput } from './deploy-form.rules.ts';
import { fromReading, toImageInput, toPreset } from './image-source.rules.ts';

export interface DuplicateSource {
  /** What it is asked like. */
  readonly preset: Preset;
  readonly fill: (fresh: DeployForm) => DeployForm;
  readonly toInput: (form: DeployForm) => DeployInput;
}

/** A duplicate as the form shows it, under a name that is free; what has no field of its own goes along. */
export function fromDuplicate(
  input: DeployInput,
  preset: Preset | null,
  takenNames: readonly string[],
): DuplicateSource {
  const { source, fill } = fromReading({ ...input, name: freeName(input.name, takenNames) });
  if (preset === null) {
    const asked = toPreset(source);
    return { preset: asked, fill, toInput: (form) => toImageInput(source, asked, form) };
  }
  const { ports: _none, ...kept } = source.kept;
  const answers = Object.fromEntries(
    Object.entries(input.answers).map(([name, answer]): [string, string | boolean] => [
      name,
      typeof answer === 'number' ? String(answer) : answer,
    ]),
  );
  return {
    preset,
    fill: (fresh) => ({ ...fill(fresh), ports: fresh.ports, answers: { ...fresh.answers, ...answers } }),
    toInput: (form) => {
      const { cpus, ...rest } = toDeployInput(preset, form);
      const options = { ...kept.options, ...rest.options };
      // A quota says how many processors that comes to.
      return {
        ...kept,
        ...rest,
        ...(input.binds && { binds: input.binds }),
        options,
        ...(options.cpuQuota || cpus === undefined ? {} : { cpus }),
      };
    },
  };
}
