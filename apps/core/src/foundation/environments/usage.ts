/** What a container used since it started, as its kernel counts. Null where nothing counts it. */
export interface CountedUsage {
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

/** The same with the processors it may use at most, in cores; null without a limit. */
export interface EngineUsage extends CountedUsage {
  readonly cpuLimit: number | null;
}
