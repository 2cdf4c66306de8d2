import * as z from 'zod';
import type { PullProgress } from './engine.js';

const PullMessage = z.object({
  id: z.string().optional(),
  status: z.string().default(''),
  error: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).nullish().catch(undefined),
});
const WHOLE = new Set(['Download complete', 'Verifying Checksum', 'Pull complete', 'Already exists']);

/** Adds up what an engine tells layer by layer; never goes back when another layer shows up. */
export class PullTally {
  private readonly layers = new Map<string, { done: number; total: number }>();
  private highest = 0;

  /** The engine's complaint, when the message is one. */
  take(line: string): { error: string } | { progress: PullProgress } {
    const { id, status, error, progressDetail } = PullMessage.parse(JSON.parse(line));
    if (error !== undefined) return { error };
    if (id !== undefined) this.note(id, status, progressDetail?.current ?? 0, progressDetail?.total ?? 0);
    return { progress: this.progress() };
  }

  private note(id: string, status: string, current: number, total: number): void {
    const layer = this.layers.get(id) ?? { done: 0, total: 0 };
    if (status === 'Downloading') this.layers.set(id, { done: current, total: Math.max(total, layer.total) });
    else if (WHOLE.has(status) && layer.total > 0) this.layers.set(id, { done: layer.total, total: layer.total });
  }

  private progress(): PullProgress {
    let doneBytes = 0;
    let totalBytes = 0;
    for (const { done, total } of this.layers.values()) {
      doneBytes += done;
      totalBytes += total;
    }
    if (totalBytes > 0) this.highest = Math.max(this.highest, Math.floor((doneBytes / totalBytes) * 100));
    return { percent: totalBytes > 0 ? this.highest : null, doneBytes, totalBytes };
  }
}
