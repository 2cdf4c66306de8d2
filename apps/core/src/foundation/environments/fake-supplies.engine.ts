import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../kernel/clock.js';
import { conflict } from '../../kernel/errors.js';
import type { EngineImage, EngineNetwork, EngineVolume, NetworkWish, PullProgress, RegistryImage } from './engine.js';
import { FailingEngine } from './failing.engine.js';
import type { FakeContainer } from './fake-container.js';
import { aFakeImage, type FakeImage, type PullFailure, pullError } from './fake-image.js';

const PULL_STEPS = 10;

interface FakeVolume {
  readonly labels: Readonly<Record<string, string>>;
  /** False: it stands for a folder of the host. */
  readonly plain: boolean;
  readonly bytes?: number;
  readonly mountpoint?: string | null;
}

/** What containers are made from and joined to: images, networks and volumes of a pretended engine. */
export abstract class FakeSupplies extends FailingEngine {
  readonly images = new Map<string, FakeImage>();
  readonly volumes = new Map<string, FakeVolume>();
  readonly networks = new Map<string, Omit<EngineNetwork, 'name'>>([
    ['bridge', { labels: {}, subnets: ['172.17.0.0/16'] }],
  ]);
  private readonly pullFailures = new Map<string, PullFailure>();
  private pullMs = 0;

  constructor(clock: Clock) {
    super(clock);
    this.images.set('busybox:local', aFakeImage({ command: ['sh'], steps: [{ do: 'exit', code: 0 }] }));
  }

  /** The containers a volume is mounted in. */
  protected abstract usersOf(volume: string): FakeContainer[];

  failPull(ref: string, failure: PullFailure): void {
    this.pullFailures.set(ref, failure);
  }

  /** How long a pull takes in all. */
  setPullTime(ms: number): void {
    this.pullMs = ms;
  }

  async findImage(ref: string, signal?: AbortSignal): Promise<EngineImage | undefined> {
    await this.call('findImage', signal);
    const image = this.images.get(ref);
    return image && { platform: image.platform, user: image.user, sizeBytes: image.bytes };
  }

  /** As its registry would answer while the next pull would end in this way. */
  async lookUpImage(ref: string, signal?: AbortSignal): Promise<RegistryImage | undefined> {
    await this.call('lookUpImage', signal);
    const failure = this.pullFailures.get(ref);
    if (failure === 'unknown') return undefined;
    if (failure === 'unreachable' || failure === 'unauthorized') throw pullError(ref, failure);
    const { platform } = aFakeImage();
    return { platforms: [failure === 'platform' ? { ...platform, architecture: 's390x' } : platform] };
  }

  async pull(ref: string, onProgress: (progress: PullProgress) => void, signal?: AbortSignal): Promise<void> {
    await this.call('pull', signal);
    const failure = this.pullFailures.get(ref);
    const image = this.images.get(ref) ?? aFakeImage();
    if (failure === 'unknown' || failure === 'unreachable' || failure === 'unauthorized') throw pullError(ref, failure);
    for (let done = 1; done <= PULL_STEPS; done++) {
      await pause(this.pullMs / PULL_STEPS, undefined, { signal });
      if (this.isOffline) throw this.down();
      if (done === PULL_STEPS / 2 && failure) {
        if (failure === 'stalls') await this.untilAborted(signal);
        else throw pullError(ref, failure);
      }
      const doneBytes = (image.bytes * done) / PULL_STEPS;
      onProgress({ percent: done * (100 / PULL_STEPS), doneBytes, totalBytes: image.bytes });
    }
    this.images.set(ref, image);
  }

  async ensureNetwork({ name, labels, isOurs, place }: NetworkWish, signal?: AbortSignal): Promise<void> {
    await this.call('ensureNetwork', signal);
    const found = this.networks.get(name);
    if (found && !isOurs(found.labels))
      throw conflict('conflict', `A network ${name} exists and is not ours.`, { params: { network: name } });
    const taken = [...this.networks.values()].flatMap(({ subnets }) => subnets);
    if (!found) this.networks.set(name, { labels, subnets: [place(taken)] });
  }

  async ensureVolume(name: string, labels: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void> {
    await this.call('ensureVolume', signal);
    const volume = this.volumes.get(name);
    if (volume && !volume.plain)
      throw conflict('conflict', `A volume ${name} exists and is not a plain local one.`, { params: { volume: name } });
    if (!volume) this.volumes.set(name, { labels, plain: true });
  }

  async findVolume(name: string, signal?: AbortSignal): Promise<EngineVolume | undefined> {
    await this.call('findVolume', signal);
    const volume = this.volumes.get(name);
    return volume && toEngineVolume(name, volume);
  }

  async volumeUsers(name: string, signal?: AbortSignal): Promise<string[]> {
    await this.call('volumeUsers', signal);
    return this.usersOf(name).map(({ engineId }) => engineId);
  }

  async volumeSizes(signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
    await this.call('volumeSizes', signal);
    return new Map([...this.volumes].map(([name, { bytes = 0 }]) => [name, bytes]));
  }

  async removeVolume(name: string, signal?: AbortSignal): Promise<void> {
    await this.call('removeVolume', signal);
    const [user] = this.usersOf(name);
    if (user) throw conflict('conflict', `The volume ${name} is in use by ${user.name}.`, { params: { volume: name } });
    this.volumes.delete(name);
  }

  async volumesWithLabel(label: string, signal?: AbortSignal): Promise<EngineVolume[]> {
    await this.call('volumesWithLabel', signal);
    const found = [...this.volumes].filter(([, { labels }]) => carries(labels, label));
    return found.map(([name, volume]) => toEngineVolume(name, volume));
  }

  async networksWithLabel(label: string, signal?: AbortSignal): Promise<EngineNetwork[]> {
    await this.call('networksWithLabel', signal);
    const found = [...this.networks].filter(([, { labels }]) => carries(labels, label));
    return found.map(([name, network]) => ({ name, ...network }));
  }
}

const toEngineVolume = (name: string, { plain, labels, mountpoint = null }: FakeVolume): EngineVolume => ({
  name,
  driver: 'local',
  options: plain ? {} : { type: 'none', o: 'bind', device: '/' },
  labels,
  mountpoint,
});

function carries(labels: Readonly<Record<string, string>>, label: string): boolean {
  const [name = '', value] = label.split('=');
  return name in labels && (value === undefined || labels[name] === value);
}
