import { DeployInput, type DeployReading } from '@bailiwick/contract';
import { type ComposeReading, readCompose } from './compose.rules.js';
import { isDockerRun, readDockerRun } from './docker-run.rules.js';

/** What was pasted, whichever it is: a command line, a compose file, or JSON as it is exported here. */
export function readDeployText(pasted: string): ComposeReading {
  if (isDockerRun(pasted)) return readDockerRun(pasted) ?? { mistake: 'no_image' };
  return readOwnJson(pasted) ?? readCompose(pasted);
}

/** Undefined for anything else, which may be YAML: that holds JSON as well. */
function readOwnJson(pasted: string): DeployReading | undefined {
  if (!pasted.trimStart().startsWith('{')) return undefined;
  const read = DeployInput.safeParse(parse(pasted));
  if (!read.success || read.data.image === undefined) return undefined;
  const { env, ...options } = read.data.options;
  const empty = Object.keys(env ?? {}).filter((name) => env?.[name] === '');
  const filled = Object.fromEntries(Object.entries(env ?? {}).filter(([, value]) => value !== ''));
  return {
    input: { ...read.data, options: { ...options, ...(Object.keys(filled).length > 0 ? { env: filled } : {}) } },
    notUnderstood: empty.map((name) => ({ what: `env ${name}`, reason: 'no_value' as const })),
  };
}

function parse(pasted: string): unknown {
  try {
    return JSON.parse(pasted);
  } catch {
    return undefined; // no JSON, so it is looked at as YAML
  }
}
