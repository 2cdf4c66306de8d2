import { addSample, type History, type Usage } from './metric-track.rules.ts';

/** One history that grows while somebody looks: what is measured goes straight to what draws it. */
export class MetricTrack<Measure extends string> {
  private readonly listeners = new Set<() => void>();
  private samples = 0;

  constructor(private current: History<Measure>) {}

  history = (): History<Measure> => this.current;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  push(usage: Usage<Measure>): void {
    const added = addSample(this.current, usage, this.samples);
    if (added.history === this.current) return;
    this.current = added.history;
    this.samples = added.samples;
    for (const listener of [...this.listeners]) listener();
  }
}
