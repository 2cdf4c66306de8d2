import type { EngineUsage } from './usage.js';

const MIB = 1024 * 1024;
const MICROS_PER_MS = 1000;
const MS = 1000;

/** What a pretended container uses: each figure is a pace, and its counters run at it. */
export class FakeUse {
  cpus = 0.05;
  memoryBytes = 24 * MIB;
  cacheBytes = 6 * MIB;
  receivedBytesPerSecond = 2048;
  sentBytesPerSecond = 4096;
  readBytesPerSecond = 0;
  writtenBytesPerSecond = 512;
  processes = 3;
  layerBytes = 4096;
  private counters = { cpuMicros: 0, receivedBytes: 0, sentBytes: 0, readBytes: 0, writtenBytes: 0 };
  private countedAtMs: number;

  constructor(private readonly nowMs: () => number) {
    this.countedAtMs = nowMs();
  }

  /** It started anew, and its kernel counts from nothing. */
  begin(): void {
    this.counters = { cpuMicros: 0, receivedBytes: 0, sentBytes: 0, readBytes: 0, writtenBytes: 0 };
    this.countedAtMs = this.nowMs();
  }

  read(memoryLimitBytes: number | null, cpuLimit: number | null): EngineUsage {
    this.count();
    const { memoryBytes, cacheBytes, processes } = this;
    return { atMs: this.countedAtMs, memoryBytes, cacheBytes, memoryLimitBytes, cpuLimit, processes, ...this.counters };
  }

  /** Changes what it uses from now on. */
  become(
    pace: Partial<
      Pick<FakeUse, 'cpus' | 'memoryBytes' | 'receivedBytesPerSecond' | 'sentBytesPerSecond' | 'layerBytes'>
    >,
  ): void {
    this.count();
    Object.assign(this, pace);
  }

  private count(): void {
    const ms = this.nowMs() - this.countedAtMs;
    this.countedAtMs += ms;
    const { cpuMicros, receivedBytes, sentBytes, readBytes, writtenBytes } = this.counters;
    this.counters = {
      cpuMicros: cpuMicros + this.cpus * ms * MICROS_PER_MS,
      receivedBytes: receivedBytes + (this.receivedBytesPerSecond * ms) / MS,
      sentBytes: sentBytes + (this.sentBytesPerSecond * ms) / MS,
      readBytes: readBytes + (this.readBytesPerSecond * ms) / MS,
      writtenBytes: writtenBytes + (this.writtenBytesPerSecond * ms) / MS,
    };
  }
}
