import type { Draft, DraftId, UpdateDraft } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';

const QUIET_MS = 800;

/** Which draft of the core this is, and as which version it was read or saved. */
export interface DraftVersion {
  readonly id: DraftId;
  readonly version: number;
  /** Whose it is: somebody else may have shared it. */
  readonly owner: Draft['owner'];
}
export type Writing = Pick<UpdateDraft, 'name' | 'content'>;
/** `changed`: another tab or device saved it meanwhile; `full`: there are too many; `failed`: it is tried with the next letter. */
export type DraftState = 'none' | 'saved' | 'changed' | 'full' | 'failed';
export interface Keeping {
  readonly state: DraftState;
  readonly known: DraftVersion | null;
}

/** Saves what is typed as a draft, when the person pauses, one save at a time. */
export class DraftKeeper {
  private keeping: Keeping;
  private next: Writing | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly of: { readonly preset: string | null; readonly title: string },
    known: DraftVersion | null,
  ) {
    this.keeping = { state: known === null ? 'none' : 'saved', known };
  }

  readonly now = (): Keeping => this.keeping;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  keep(writing: Writing): void {
    this.next = writing;
    // What was saved elsewhere is not overwritten before the person says so.
    if (this.keeping.state === 'changed') return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), QUIET_MS);
  }

  /** From here on it is that version. */
  take(known: DraftVersion): void {
    this.next = null;
    this.say({ state: 'saved', known });
  }

  /** What is here counts, whatever was saved elsewhere. */
  overwrite(): void {
    this.say({ ...this.keeping, state: 'saved' });
    void this.flush();
  }

  /** Nothing is saved any more until something is typed; answers which draft it was. */
  async stop(): Promise<DraftId | undefined> {
    clearTimeout(this.timer);
    this.next = null;
    await this.saving;
    return this.keeping.known?.id;
  }

  private async flush(): Promise<void> {
    if (this.saving !== null) return;
    this.saving = this.save();
    await this.saving;
    this.saving = null;
    if (this.next !== null && this.keeping.state === 'saved') await this.flush();
  }

  private async save(): Promise<void> {
    const writing = this.next;
    if (writing === null) return;
    this.next = null;
    const { known } = this.keeping;
    try {
      const { id, version, owner } =
        known === null
          ? await api<Draft>('POST', '/me/drafts', { body: { ...this.of, ...writing } })
          : await api<Draft>('PUT', `/me/drafts/${known.id}`, { body: { version: known.version, ...writing } });
      this.say({ state: 'saved', known: { id, version, owner } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.next ??= writing;
      this.say(afterRefusal(error, known));
    }
  }

  private say(keeping: Keeping): void {
    this.keeping = keeping;
    for (const listener of this.listeners) listener();
  }
}

function afterRefusal({ envelope, status }: ApiError, known: DraftVersion | null): Keeping {
  const { code, params } = envelope;
  const version = Number(params?.['version']);
  if (code === 'draft_changed' && known) return { state: 'changed', known: { ...known, version } };
  if (code === 'drafts_full') return { state: 'full', known };
  // It is gone: the next letter begins another one.
  return { state: 'failed', known: status === 404 ? null : known };
}
