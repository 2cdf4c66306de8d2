import type { UserId } from '@bailiwick/contract';
import { type KeptUpload, readKept, withKept, without, writeKept } from './kept-uploads.rules.ts';

/** As long as the tab: in another one they may be on their way. */
const STORED = 'bw_uploads';

/** What was on its way in this tab, for when its page is loaded anew. */
export class KeptUploads {
  constructor(private readonly userId: UserId) {}

  all(): readonly KeptUpload[] {
    return readKept(sessionStorage.getItem(STORED), this.userId);
  }

  keep(upload: KeptUpload): void {
    this.write(withKept(this.all(), upload));
  }

  forget(location: string): void {
    this.write(without(this.all(), location));
  }

  private write(uploads: readonly KeptUpload[]): void {
    if (uploads.length === 0) forgetUploads();
    else sessionStorage.setItem(STORED, writeKept(this.userId, uploads));
  }
}

export const forgetUploads = (): void => sessionStorage.removeItem(STORED);
