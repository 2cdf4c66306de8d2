'use client';

import { Upload as Sending } from 'tus-js-client';
import { type ContainerId, type ErrorEnvelope, UPLOAD_PART_BYTES } from '@bailiwick/contract';
import { ApiError, csrfToken, isEnvelope } from '../../lib/api.ts';
import { makeFolder } from './file-changes.ts';
import { inFolder, parentOf } from './file-path.rules.ts';
import type { PickedFile } from './picked-files.ts';

const MOST_AT_ONCE = 3;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000];
const TELL_EVERY_MS = 100;
/** A part that was broken off is still being put away: it is asked again how far it came. */
const GOES_ON: ReadonlySet<string> = new Set(['conflict', 'interrupted']);

/** `asking`: there is something of that name, and nobody said yet what is to become of it. */
export type UploadState = 'waiting' | 'sending' | 'paused' | 'asking' | 'done' | 'failed' | 'skipped';
export interface UploadTarget {
  readonly containerId: ContainerId;
  readonly containerName: string;
  readonly folder: string;
}
export interface Upload {
  readonly key: number;
  readonly target: UploadTarget;
  /** Below the folder it goes to. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly state: UploadState;
  readonly error: ErrorEnvelope | null;
}
export type Policy = 'ask' | 'replace' | 'skip';

interface Job {
  readonly file: File;
  readonly policy: { now: Policy };
  replace: boolean;
  sending: Sending | null;
}

/** What is on its way into containers, whichever page is shown. */
class UploadList {
  private uploads: readonly Upload[] = [];
  private readonly jobs = new Map<number, Job>();
  private readonly folders = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly doneListeners = new Set<(target: UploadTarget) => void>();
  private made = 0;
  private toldAtMs = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly all = (): readonly Upload[] => this.uploads;

  /** Told of every file that has arrived. */
  readonly onDone = (listener: (target: UploadTarget) => void): (() => void) => {
    this.doneListeners.add(listener);
    return () => this.doneListeners.delete(listener);
  };

  add(target: UploadTarget, files: readonly PickedFile[]): void {
    const policy: Job['policy'] = { now: 'ask' };
    const added = files.map(({ file, name }): Upload => {
      const key = this.made++;
      this.jobs.set(key, { file, policy, replace: false, sending: null });
      return { key, target, name, sizeBytes: file.size, sentBytes: 0, state: 'waiting', error: null };
    });
    this.uploads = [...this.uploads, ...added];
    this.tell();
    this.startNext();
  }

  pause(key: number): void {
    void this.jobs.get(key)?.sending?.abort();
    this.change(key, { state: 'paused' });
    this.startNext();
  }

  resume(key: number): void {
    this.change(key, { state: 'waiting', error: null });
    this.startNext();
  }

  /** Takes it out of the list; what had arrived of it is thrown away. */
  cancel(key: number): void {
    const state = this.find(key)?.state;
    // What cannot be told any more the core throws away by itself after a while.
    if (state !== 'done')
      void this.jobs
        .get(key)
        ?.sending?.abort(true)
        .catch(() => undefined);
    this.jobs.delete(key);
    this.uploads = this.uploads.filter((each) => each.key !== key);
    this.tell();
    this.startNext();
  }

  /** What is to become of what has the same name: of this one, or of all that were added with it. */
  answer(key: number, policy: 'replace' | 'skip', forAll: boolean): void {
    const asked = this.jobs.get(key);
    if (!asked) return;
    if (forAll) asked.policy.now = policy;
    for (const upload of this.uploads) {
      const job = this.jobs.get(upload.key);
      if (job === undefined || upload.state !== 'asking') continue;
      if (upload.key !== key && !(forAll && job.policy === asked.policy)) continue;
      job.replace = policy === 'replace';
      this.change(upload.key, { state: policy === 'replace' ? 'waiting' : 'skipped' });
    }
    this.startNext();
  }

  /** Leaves those that still have something to do. */
  clearEnded(): void {
    const ended = this.uploads.filter(({ state }) => state === 'done' || state === 'skipped');
    for (const { key } of ended) this.jobs.delete(key);
    this.uploads = this.uploads.filter((each) => !ended.includes(each));
    this.tell();
  }

  private startNext(): void {
    const busy = this.uploads.filter(({ state }) => state === 'sending').length;
    const next = this.uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, MOST_AT_ONCE - busy));
    for (const upload of next) void this.send(upload);
  }

  private async send({ key, target, name }: Upload): Promise<void> {
    const job = this.jobs.get(key);
    if (!job) return;
    this.change(key, { state: 'sending', error: null });
    const path = inFolder(target.folder, name);
    try {
      if (name.includes('/')) await this.folder(target, parentOf(`/${name}`).slice(1));
    } catch (error) {
      this.fail(key, error);
      return;
    }
    job.sending ??= this.sendingOf(key, target, path, job);
    if (this.find(key)?.state === 'sending') job.sending.start();
  }

  private sendingOf(key: number, { containerId }: UploadTarget, path: string, job: Job): Sending {
    return new Sending(job.file, {
      endpoint: `/api/v1/containers/${containerId}/files/uploads`,
      chunkSize: UPLOAD_PART_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: { path, replace: `${job.replace}` },
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => request.setHeader('x-csrf', csrfToken()),
      onShouldRetry: (error) =>
        (error.originalResponse?.getStatus() ?? 503) >= 500 || GOES_ON.has(toEnvelope(error).code),
      onProgress: (sentBytes) => this.change(key, { sentBytes }, { often: true }),
      onSuccess: () => this.arrived(key),
      onError: (error) => this.fail(key, error),
    });
  }

  private arrived(key: number): void {
    const upload = this.find(key);
    if (!upload) return;
    this.change(key, { state: 'done', sentBytes: upload.sizeBytes });
    for (const listener of [...this.doneListeners]) listener(upload.target);
    this.startNext();
  }

  private fail(key: number, error: unknown): void {
    const job = this.jobs.get(key);
    if (!job) return;
    job.sending = null;
    const envelope = toEnvelope(error);
    if (envelope.code !== 'file_exists') this.change(key, { state: 'failed', error: envelope });
    else if (job.policy.now === 'ask') this.change(key, { state: 'asking' });
    else {
      job.replace = job.policy.now === 'replace';
      this.change(key, { state: job.replace ? 'waiting' : 'skipped' });
    }
    this.startNext();
  }

  /** Each folder on the way is made once; that it is there already is as good. */
  private async folder(target: UploadTarget, below: string): Promise<void> {
    const names = below.split('/');
    for (const at of names.keys()) {
      const path = inFolder(target.folder, names.slice(0, at + 1).join('/'));
      const known = `${target.containerId} ${path}`;
      const making = this.folders.get(known) ?? makeFolder(target.containerId, path).catch(unlessThere);
      this.folders.set(known, making);
      try {
        await making;
      } catch (error) {
        this.folders.delete(known);
        throw error;
      }
    }
  }

  private find(key: number): Upload | undefined {
    return this.uploads.find((each) => each.key === key);
  }

  private change(key: number, change: Partial<Upload>, { often = false } = {}): void {
    this.uploads = this.uploads.map((each) => (each.key === key ? { ...each, ...change } : each));
    if (often && performance.now() - this.toldAtMs < TELL_EVERY_MS) return;
    this.tell();
  }

  private tell(): void {
    this.toldAtMs = performance.now();
    for (const listener of [...this.listeners]) listener();
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof ApiError && error.envelope.code === 'file_exists')) throw error;
}

function toEnvelope(error: unknown): ErrorEnvelope {
  if (error instanceof ApiError) return error.envelope;
  const away: ErrorEnvelope = { code: 'core_unavailable', message: 'The panel does not answer.', requestId: 'none' };
  if (typeof error !== 'object' || error === null || !('originalResponse' in error)) return away;
  const { originalResponse } = error as { originalResponse: { getBody: () => string } | null };
  if (originalResponse === null) return away;
  const unreadable: ErrorEnvelope = { code: 'internal', message: 'The answer could not be read.', requestId: 'none' };
  try {
    const parsed: unknown = JSON.parse(originalResponse.getBody());
    return isEnvelope(parsed) ? parsed : unreadable;
  } catch {
    return unreadable;
  }
}

export const uploads = new UploadList();
