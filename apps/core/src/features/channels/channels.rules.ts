import type { ChannelSettingsChange } from '@bailiwick/contract';
import type { FieldIssue } from '@bailiwick/contract';

export const nameKeyOf = (name: string): string => name.normalize('NFC').toLocaleLowerCase('en');

/** What it was set to, with what is named anew. */
export const mergedSettings = (before: object, change: ChannelSettingsChange): object => ({
  ...before,
  ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
});

/**
 * What stands against it. A token is never read again: whoever changed where it goes, and kept it, would read it there.
 */
export function problemOf(
  before: { readonly kind: string; readonly server?: string; readonly token?: string | null },
  change: ChannelSettingsChange,
): FieldIssue | undefined {
  if (before.kind !== change.kind)
    return { path: 'settings.kind', code: 'wrong_kind', message: 'A channel stays what it is; make another one.' };
  if (change.kind !== 'telegram' && change.kind !== 'ntfy') return undefined;
  const isElsewhere = before.server === undefined || new URL(before.server).origin !== new URL(change.server).origin;
  if (!isElsewhere || change.token !== undefined || !before.token) return undefined;
  return { path: 'settings.token', code: 'token_needed', message: 'For another server, enter the token again.' };
}
