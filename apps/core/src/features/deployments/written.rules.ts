import type { DeployInput, DeployReview } from '@bailiwick/contract';
import { workspaceName } from '../../foundation/environments/workspace-name.rules.js';
import { toConfiguration, toMade } from '../configurations/configurations.rules.js';
import { toCompose, toDeployJson, toDockerRun } from '../configurations/export.rules.js';
import type { PlannedPort } from '../ports/ports.rules.js';
import type { DeploymentSource } from './deployment-source.rules.js';
import { cpusOf, diskOf, foldersOf, toSpec } from './deployments.rules.js';

/** Which one it will be is decided with the container. */
const SOME_WORKSPACE = workspaceName('tenant', 'ct_aaaaaaaaaaaaaaaa');

interface Wish {
  readonly source: DeploymentSource;
  readonly input: DeployInput;
  /** As text; what was typed in confidence may be among them, and stays out. */
  readonly answers: Readonly<Record<string, string>>;
  readonly ports: readonly PlannedPort[];
}

/** What a deployment would make, for other programs. A secret is written as the question it answers. */
export function writeDown({ source, input, answers, ports }: Wish): NonNullable<DeployReview['written']> {
  const { config, questions } = source;
  const confidences = questions.filter(({ type }) => type === 'secret').map(({ name }): [string, string] => [name, `{{${name}}}`]); // prettier-ignore
  const spec = toSpec(
    {
      name: input.name,
      config,
      answers: { ...answers },
      ports: [...ports],
      volumes: config.volumes,
      workspace: input.workspace === undefined ? null : { name: SOME_WORKSPACE, target: input.workspace },
      network: '',
      memoryBytes: input.memoryBytes ?? config.memoryBytes,
      cpus: cpusOf(input, config),
      diskBytes: diskOf(input, config),
      request: input,
    },
    Object.fromEntries(confidences),
    {},
    '',
  );
  const made = toConfiguration(toMade(spec));
  const envNames = [...new Set([...made.envNames, ...Object.keys(input.options.env ?? {})])].sort();
  const configuration = { ...made, envNames };
  return {
    compose: toCompose(input.name, configuration),
    run: toDockerRun(input.name, configuration),
    json: toDeployJson(input.name, configuration, foldersOf(input, config)),
  };
}
