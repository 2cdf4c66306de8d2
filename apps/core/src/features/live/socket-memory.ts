import type { Duplex } from 'node:stream';

/** What was written to connections and not taken yet, all of them together. */
export class SocketMemory {
  constructor(private readonly limitBytes: number) {}

  /** Whoever is furthest behind, until the rest fits; nobody while all of it does. */
  findShed<Socket extends Pick<Duplex, 'writableLength'>>(open: Iterable<Socket>): Socket[] {
    const behind = [...open].filter(({ writableLength }) => writableLength > 0);
    let unsent = behind.reduce((sum, { writableLength }) => sum + writableLength, 0);
    if (unsent <= this.limitBytes) return [];
    const shed: Socket[] = [];
    for (const socket of behind.sort((one, other) => other.writableLength - one.writableLength)) {
      if (unsent <= this.limitBytes) break;
      unsent -= socket.writableLength;
      shed.push(socket);
    }
    return shed;
  }
}
