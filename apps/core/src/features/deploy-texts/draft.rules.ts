import { DeployInput, type DeployReading, type NotUnderstoodReason } from '@bailiwick/contract';
import { toName, readVolume } from './volumes.rules.js';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
interface Port {
  containerPort: number;
  protocol: string;
  hostPort?: number;
  ip?: string;
}

const LOWEST_HOST_PORT = 1024;
const MOST_PORTS = 50;
const PORT =
  /^(?:(?:\[([0-9a-fA-F:]+)\]|(\d{1,3}(?:\.\d{1,3}){3})):)?(?:(\d{0,5})(?:-(\d{1,5}))?:)?(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/;

/** What was read so far. What the contract does not take is left out in the end, and told. */
export class Draft {
  private readonly fields: Record<string, Value> = {};
  private readonly options: Record<string, Value> = {};
  private readonly env: Record<string, string> = {};
  private readonly labels: Record<string, string> = {};
  private readonly ports: Port[] = [];
  private readonly volumes: Array<{ name: string; target: string }> = [];
  private readonly health: Record<string, Value> = {};
  private readonly quota: { quotaUs?: number; periodUs?: number } = {};
  private readonly notes: DeployReading['notUnderstood'] = [];

  note(what: string, reason: NotUnderstoodReason): void {
    if (!this.notes.some((note) => note.what === what && note.reason === reason)) this.notes.push({ what, reason });
  }

  put(field: 'name' | 'image' | 'memoryBytes' | 'cpus' | 'diskBytes' | 'gpus' | 'profile', value: Value): void {
    this.fields[field] = value;
  }

  option(name: string, value: Value): void {
    this.options[name] = value;
  }

  healthField(name: string, value: Value): void {
    this.health[name] = value;
  }

  cpuQuota(name: 'quotaUs' | 'periodUs', value: number): void {
    this.quota[name] = value;
  }

  variable(text: string, source: string): void {
    const at = text.indexOf('=');
    if (at === -1) this.note(`${source} ${text}`, 'no_value');
    else this.env[text.slice(0, at)] = text.slice(at + 1);
  }

  label(text: string): void {
    const at = text.indexOf('=');
    this.labels[at === -1 ? text : text.slice(0, at)] = at === -1 ? '' : text.slice(at + 1);
  }

  /** `[ip:][host:]container[/protocol]`, ranges as well. */
  port(text: string, source: string): void {
    const [whole, ip6, ip4, host, hostLast, first = '', last, protocol = 'tcp'] = PORT.exec(text) ?? [];
    const count = last === undefined ? 1 : Number(last) - Number(first) + 1;
    const hosts = hostLast === undefined ? count : Number(hostLast) - Number(host) + 1;
    if (whole === undefined || protocol === 'sctp' || count < 1 || count > MOST_PORTS || (host && hosts !== count))
      return this.note(`${source} ${text}`, 'invalid_value');
    const ip = ip6 ?? ip4;
    for (let step = 0; step < count; step += 1) {
      const hostPort = host === undefined || host === '' ? undefined : Number(host) + step;
      if (hostPort !== undefined && hostPort < LOWEST_HOST_PORT) this.note(`${source} ${text}`, 'low_port');
      this.ports.push({
        containerPort: Number(first) + step,
        protocol,
        ...(hostPort !== undefined && hostPort >= LOWEST_HOST_PORT ? { hostPort } : {}),
        ...(ip === undefined ? {} : { ip }),
      });
    }
  }

  volume(text: string, source: string): void {
    const read = readVolume(text);
    if ('reason' in read) return this.note(`${source} ${text}`, read.reason);
    if (read.readOnly) this.note(`${source} ${text} (ro)`, 'not_offered');
    this.addVolume(read.name, read.target);
  }

  addVolume(name: string, target: string): void {
    const taken = new Set(this.volumes.map((volume) => volume.name));
    let free = toName(name);
    for (let number = 2; taken.has(free); number += 1) free = `${toName(name).slice(0, 26)}-${number}`;
    this.volumes.push({ name: free, target });
  }

  /** `on-failure:3`, `always`. */
  restart(text: string, source: string): void {
    const [name = '', count, ...more] = text.split(':');
    if (more.length > 0 || (count !== undefined && !/^\d+$/.test(count)))
      return this.note(`${source} ${text}`, 'invalid_value');
    this.option('restart', { name, ...(count === undefined ? {} : { maximumRetryCount: Number(count) }) });
  }

  /** Undefined where no image was named. */
  end(): DeployReading | undefined {
    const { image } = this.fields;
    if (typeof image !== 'string') return undefined;
    if (this.quota.quotaUs !== undefined)
      this.option('cpuQuota', { quotaUs: this.quota.quotaUs, ...(this.quota.periodUs === undefined ? {} : { periodUs: this.quota.periodUs }) }); // prettier-ignore
    if (this.health['command'] !== undefined) this.option('health', this.health);
    if (Object.keys(this.env).length > 0) this.option('env', this.env);
    if (Object.keys(this.labels).length > 0) this.option('labels', this.labels);
    const raw = {
      name: nameOf(image),
      ...this.fields,
      ports: this.ports,
      volumes: this.volumes,
      options: this.options,
    };
    return this.onlyWhatIsTaken(raw);
  }

  private onlyWhatIsTaken(raw: Record<string, Value | Port[]>): DeployReading | undefined {
    // Each round leaves one thing out, so it ends.
    for (;;) {
      const read = DeployInput.safeParse(raw);
      if (read.success) return { input: read.data, notUnderstood: this.notes };
      const [issue] = read.error.issues;
      const path = issue?.path ?? [];
      if (path[0] === 'image' || path.length === 0) return undefined;
      if (path[0] === 'name') raw['name'] = nameOf('');
      else if (!leaveOut(raw, path)) return undefined;
      this.note(path.join('.'), 'invalid_value');
    }
  }
}

/** Takes away what the path leads to: a whole list entry, a whole option, or one entry of a map. */
function leaveOut(raw: object, path: readonly PropertyKey[]): boolean {
  const [head, second, third] = path;
  const fields = raw as Record<PropertyKey, unknown>;
  const value = head === undefined ? undefined : fields[head];
  if (Array.isArray(value) && typeof second === 'number') {
    value.splice(second, 1);
    return true;
  }
  if (head === 'options' && second !== undefined && typeof value === 'object' && value !== null) {
    const options = value as Record<PropertyKey, unknown>;
    const inner = options[second];
    if ((second === 'env' || second === 'labels') && third !== undefined && typeof inner === 'object' && inner !== null)
      return Reflect.deleteProperty(inner, third);
    return second in options && Reflect.deleteProperty(options, second);
  }
  return head !== undefined && head in fields && Reflect.deleteProperty(fields, head);
}

/** From the last part of the image's name. */
function nameOf(image: string): string {
  const last = image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? '';
  const name = last
    .replaceAll(/[^a-zA-Z0-9_.-]/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .slice(0, 60);
  return name.length < 2 ? 'container' : name;
}
