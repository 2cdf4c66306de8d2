'use client';

import { type HttpRequest, Upload as Sending } from 'tus-js-client';
import { type ErrorEnvelope, UPLOAD_PART_BYTES, type UploadProgress, type UserId } from '@bailiwick/contract';
import { api, ApiError, csrfToken, isEnvelope } from '../../lib/api.ts';
import { makeFolder } from './file-changes.ts';
import { inFolder, parentOf } from './file-path.rules.ts';
import { KeptUploads } from './kept-uploads.ts';
import { goesTo, isSameFile, type KeptUpload, type UploadTarget } from './kept-uploads.rules.ts';
import type { Picked, PickedFile } from './picked-files.ts';

const MOST_AT_ONCE = 3;
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000];
const TELL_EVERY_MS = 100;
/** Whoever hears of it reads a whole folder anew, and a tree brings thousands. */
const TELL_DONE_EVERY_MS = 500;
/** A part that was broken off is still being put away: it is asked again how far it came. */
const GOES_ON: ReadonlySet<string> = new Set(['conflict', 'interrupted']);
/** What came so far is still there. */
const KEEPS_WHAT_CAME: ReadonlySet<string> = new Set(['core_unavailable', 'interrupted', 'storage_full']);

/**
 * `asking`: there is something of that name, and nobody said yet what is to become of it. `left`: the page was loaded
 * anew, and it goes on as soon as somebody chooses its file again.
 */
export type UploadState = 'waiting' | 'sending' | 'paused' | 'asking' | 'left' | 'done' | 'failed' | 'skipped';
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
  /** Where it was sent, and goes on; null where it begins. */
  location: string | null;
}

/** What is on its way into containers, whichever page is shown. */
class UploadList {
  private uploads: readonly Upload[] = [];
  private readonly jobs = new Map<number, Job>();
  private readonly left = new Map<number, KeptUpload>();
  private kept: KeptUploads | null = null;
  private readonly folders = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly doneListeners = new Set<(target: UploadTarget) => void>();
  private readonly doneIn = new Set<UploadTarget>();
  private made = 0;
  private toldAtMs = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly all = (): readonly Upload[] => this.uploads;

  /** Told where files have arrived, soon after. */
  readonly onDone = (listener: (target: UploadTarget) => void): (() => void) => {
    this.doneListeners.add(listener);
    return () => this.doneListeners.delete(listener);
  };

  /** Once for each page: what this person had on its way when it was loaded, as far as the core still knows of it. */
  async restore(userId: UserId): Promise<void> {
    if (this.kept !== null) return;
    const kept = new KeptUploads(userId);
    this.kept = kept;
    for (const upload of kept.all()) {
      const progress = await progressOf(upload.location);
      if (progress === 'gone') {
        kept.forget(upload.location);
        continue;
      }
      const { target, name, sizeBytes } = upload;
      const key = this.made++;
      this.left.set(key, upload);
      this.uploads = [
        ...this.uploads,
        { key, target, name, sizeBytes, sentBytes: progress, state: 'left', error: null },
      ];
      this.tell();
    }
  }

  /** Goes on with what was left, if this is its file; says whether it is. */
  choose(key: number, file: File): boolean {
    const left = this.left.get(key);
    if (!left || !isSameFile(left, file)) return false;
    this.left.delete(key);
    const { replace, location } = left;
    this.jobs.set(key, { file, policy: { now: 'ask' }, replace, sending: null, location });
    this.change(key, { state: 'waiting' });
    this.startNext();
    return true;
  }

  /** Throws where an empty folder cannot be made; files tell of themselves. */
  async add(target: UploadTarget, { files, folders }: Picked): Promise<void> {
    const policy: Job['policy'] = { now: 'ask' };
    const added = files
      .filter((picked) => !this.wasLeft(target, picked))
      .map(({ file, name }): Upload => {
        const key = this.made++;
        this.jobs.set(key, { file, policy, replace: false, sending: null, location: null });
        return { key, target, name, sizeBytes: file.size, sentBytes: 0, state: 'waiting', error: null };
      });
    this.uploads = [...this.uploads, ...added];
    this.tell();
    this.startNext();
    for (const folder of folders) await this.folder(target, folder);
    if (folders.length > 0) this.tellDone(target);
  }

  private wasLeft(target: UploadTarget, { file, name }: PickedFile): boolean {
    const found = [...this.left].find(([, left]) => goesTo(left, target, name));
    return found !== undefined && this.choose(found[0], file);
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
    const [job, left] = [this.jobs.get(key), this.left.get(key)];
    const location = job?.sending?.url ?? job?.location ?? left?.location;
    if (this.find(key)?.state !== 'done' && location !== undefined) {
      this.kept?.forget(location);
      // What cannot be told any more the core throws away by itself after a while.
      void (job?.sending ?? null)?.abort(true).catch(() => undefined);
      if (!job?.sending) void Sending.terminate(location, { onBeforeRequest: proveOwnPage }).catch(() => undefined);
    }
    this.jobs.delete(key);
    this.left.delete(key);
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
    job.sending ??= this.sendingOf(key, target, { name, path }, job);
    if (this.find(key)?.state === 'sending') job.sending.start();
  }

  private sendingOf(key: number, target: UploadTarget, { name, path }: { name: string; path: string }, job: Job) {
    const { file } = job;
    const sending: Sending = new Sending(file, {
      endpoint: `/api/v1/containers/${target.containerId}/files/uploads`,
      uploadUrl: job.location,
      chunkSize: UPLOAD_PART_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: { path, replace: `${job.replace}` },
      // By name and time only, and for whoever signs in next.
      storeFingerprintForResuming: false,
      onBeforeRequest: proveOwnPage,
      onUploadUrlAvailable: () => {
        const { size: sizeBytes, lastModified: modifiedAtMs } = file;
        if (sending.url !== null)
          this.kept?.keep({ location: sending.url, target, name, sizeBytes, modifiedAtMs, replace: job.replace });
      },
      onShouldRetry: (error) =>
        (error.originalResponse?.getStatus() ?? 503) >= 500 || GOES_ON.has(toEnvelope(error).code),
      onProgress: (sentBytes) => this.change(key, { sentBytes }, { often: true }),
      onSuccess: ({ lastResponse }) => {
        // Asked how far it is, the core said that all is there: but what has taken its place it knows no more.
        if (lastResponse.getStatus() !== 200 || sending.url === null) return this.arrived(key);
        putInPlace(sending.url, file.size).then(
          () => this.arrived(key),
          (error: unknown) => this.fail(key, error),
        );
      },
      onError: (error) => this.fail(key, error),
    });
    return sending;
  }

  private arrived(key: number): void {
    const upload = this.find(key);
    if (!upload) return;
    const location = this.jobs.get(key)?.sending?.url ?? null;
    if (location !== null) this.kept?.forget(location);
    this.change(key, { state: 'done', sentBytes: upload.sizeBytes });
    this.tellDone(upload.target);
    this.startNext();
  }

  private fail(key: number, error: unknown): void {
    const job = this.jobs.get(key);
    if (!job) return;
    const envelope = toEnvelope(error);
    const location = job.sending?.url ?? job.location;
    job.location = KEEPS_WHAT_CAME.has(envelope.code) ? location : null;
    if (location !== null && job.location === null) this.kept?.forget(location);
    job.sending = null;
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

  private tellDone(target: UploadTarget): void {
    if (this.doneIn.size === 0) setTimeout(() => this.tellAllDone(), TELL_DONE_EVERY_MS);
    this.doneIn.add(target);
  }

  private tellAllDone(): void {
    const targets = [...this.doneIn];
    this.doneIn.clear();
    for (const listener of [...this.doneListeners]) targets.forEach(listener);
  }

  private tell(): void {
    this.toldAtMs = performance.now();
    for (const listener of [...this.listeners]) listener();
  }
}

const proveOwnPage = (request: HttpRequest): void => request.setHeader('x-csrf', csrfToken());

/** How much came of it; `gone` where the core knows of no such upload of theirs any more. */
async function progressOf(location: string): Promise<number | 'gone'> {
  try {
    return (await api<UploadProgress>('GET', `/${location.split('/api/v1/')[1] ?? ''}`)).offset;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // What is only out of reach now may be there again when somebody chooses the file.
    return error.status === 404 || error.status === 403 ? 'gone' : 0;
  }
}

/** All of it came, and it could not take its place: an empty part tries again. */
async function putInPlace(location: string, sizeBytes: number): Promise<void> {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': `${sizeBytes}`,
    'content-type': 'application/offset+octet-stream',
    'x-csrf': csrfToken(),
  };
  const response = await fetch(location, { method: 'PATCH', headers });
  if (response.ok) return;
  const body: unknown = await response.json();
  if (isEnvelope(body)) throw new ApiError(body, response.status);
  throw new Error('The answer could not be read.');
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
