import type { Duplex } from 'node:stream';

type Share = 'person' | 'address';
type Limits = Readonly<Record<Share | 'total', number>>;

/** How many connections are open: in all, a person, an address. */
export class SocketCount {
  private readonly held = new Map<string, number>();

  constructor(private readonly limits: Limits) {}

  /** Counts it until it closes; says which limit it would break instead. */
  enter(socket: Duplex, holders: Readonly<Record<Share, string>>): keyof Limits | undefined {
    const keys: Record<keyof Limits, string> = {
      total: 'total',
      person: `person ${holders.person}`,
      address: `address ${holders.address}`,
    };
    if (this.of(keys.total) >= this.limits.total) return 'total';
    if (this.of(keys.person) >= this.limits.person) return 'person';
    if (this.of(keys.address) >= this.limits.address) return 'address';
    for (const key of Object.values(keys)) this.held.set(key, this.of(key) + 1);
    socket.once('close', () => Object.values(keys).forEach((key) => this.release(key)));
    return undefined;
  }

  private of(key: string): number {
    return this.held.get(key) ?? 0;
  }

  private release(key: string): void {
    const left = this.of(key) - 1;
    if (left > 0) this.held.set(key, left);
    else this.held.delete(key);
  }
}
