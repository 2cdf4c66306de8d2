import { isAppError } from '../../kernel/errors.js';
import { DiskUsageAnswer, ListRows, toVolume, VolumeAnswer, VolumesAnswer } from './docker-answers.rules.js';
import { assertName, type DockerCalls, foreign, goneIsFine, LIMIT_MS, NAME } from './docker-calls.js';
import { workspaceSource } from './docker-spec.rules.js';
import type { EngineVolume } from './engine.js';
import { isWorkspace } from './workspace-name.rules.js';

/** The volumes of a Docker Engine. */
export class DockerVolumes {
  constructor(private readonly calls: DockerCalls) {}

  async ensure(name: string, labels: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void> {
    assertName('volume', name, NAME);
    const doing = { noun: 'volume', name, limitMs: LIMIT_MS.change, signal } as const;
    await this.calls.ask({ ...doing, call: 'create' }, (docker, abortSignal) =>
      docker.createVolume({ Name: name, Driver: 'local', Labels: { ...labels }, abortSignal }),
    );
    // A create answers with the volume that was there already, whatever it mounts.
    const made = await this.find(name, signal);
    if (made?.driver !== 'local' || Object.keys(made.options).length > 0) throw foreign('volume', name);
  }

  async find(name: string, signal?: AbortSignal): Promise<EngineVolume | undefined> {
    assertName('volume', name, NAME);
    const call = { call: 'inspect', noun: 'volume', name, limitMs: LIMIT_MS.ask, signal } as const;
    try {
      const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
        docker.getVolume(name).inspect({ abortSignal }),
      );
      return toVolume(VolumeAnswer.parse(answer));
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  /** Of a workspace, who mounts its folder. */
  async users(name: string, workspacesDir: () => string | null, signal?: AbortSignal): Promise<string[]> {
    if (!isWorkspace(name)) assertName('volume', name, NAME);
    const mounted = () => (isWorkspace(name) ? workspaceSource(name, workspacesDir()) : name);
    const call = { call: 'list', noun: 'volume', name, limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.listContainers({ all: true, filters: { volume: [mounted()] }, abortSignal }),
    );
    return ListRows.parse(answer).map(({ Id }) => Id);
  }

  async sizes(signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const call = { call: 'df', noun: 'engine', name: '', limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) => docker.df({ abortSignal }));
    const sizes = DiskUsageAnswer.parse(answer).Volumes.map(
      ({ Name, UsageData }) => [Name, UsageData?.Size ?? -1] as const,
    );
    // An engine that cannot tell says -1.
    return new Map(sizes.filter(([, bytes]) => bytes >= 0));
  }

  async remove(name: string, signal?: AbortSignal): Promise<void> {
    assertName('volume', name, NAME);
    const call = { call: 'remove', noun: 'volume', name, limitMs: LIMIT_MS.remove, signal } as const;
    await goneIsFine(() =>
      this.calls.ask(call, (docker, abortSignal) => docker.getVolume(name).remove({ abortSignal })),
    );
  }

  async withLabel(label: string, signal?: AbortSignal): Promise<EngineVolume[]> {
    const call = { call: 'list', noun: 'volume', name: label, limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.listVolumes({ filters: { label: [label] }, abortSignal }),
    );
    return VolumesAnswer.parse(answer).Volumes.map(toVolume);
  }
}
