import type { Versioned } from './versioned.js';

/** A list that is known by its version and by the version of the reader's rights. */
export const versionedList = (list: { version: string }, rightsVersion: string): Versioned => ({
  etag: `"${list.version}:${rightsVersion}"`,
  body: () => Buffer.from(JSON.stringify(list)),
});
