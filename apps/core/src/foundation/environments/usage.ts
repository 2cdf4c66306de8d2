/** What a container used since it started, as its kernel counts. Null where nothing counts it. */
export interface EngineUsage {
  readonly atMs: number;
  readonly cpuMicros: number | null;
  /** Without what the kernel gives back on demand. */
  readonly memoryBytes: number | null;
  readonly cacheBytes: number | null;
  readonly memoryLimitBytes: number | null;
  readonly receivedBytes: number | null;
  readonly sentBytes: number | null;
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
  readonly processes: number | null;
}
