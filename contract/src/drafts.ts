import * as z from 'zod';
import { DraftId, UserId } from './ids.ts';
import { listOf, Timestamp } from './wire.ts';

/** How many drafts a person has at most, how big one is, and how long it is kept after it was saved. */
export const MOST_DRAFTS = 20;
export const DRAFT_BYTES = 64 * 1024;
export const DRAFT_KEPT_MS = 30 * 24 * 3_600_000;
/** With how many people one is shared at most. */
export const MOST_DRAFT_PEOPLE = 20;

const written = {
  /** What the container would be called, as typed. */
  name: z.string().max(100),
  /** The form of the wizard as it stands; whatever is in it is kept sealed. */
  content: z.record(z.string(), z.unknown()),
};

/** A deployment that is not finished; of a preset, or of an image where none is named. */
export const CreateDraft = z.strictObject({
  preset: z.string().max(42).nullable(),
  title: z.string().max(255),
  ...written,
});
export type CreateDraft = z.infer<typeof CreateDraft>;
/** `version` is that of what was read: what was saved elsewhere meanwhile is not lost. */
export const UpdateDraft = z.strictObject({ version: z.int().min(1), ...written });
export type UpdateDraft = z.infer<typeof UpdateDraft>;

/** With whom it is shared, all of them: people of one's tenant who may deploy what it is of. Nobody ends it. */
export const ShareDraft = z.strictObject({ people: z.array(UserId).max(MOST_DRAFT_PEOPLE) });
export type ShareDraft = z.infer<typeof ShareDraft>;

const DraftPerson = z.object({ id: UserId, displayName: z.string() });
export const DraftSummary = z.object({
  id: DraftId,
  /** Whose it is; those it is shared with go on with it as well. */
  owner: DraftPerson,
  /** Said to its owner alone. */
  sharedWith: z.array(DraftPerson),
  preset: z.string().nullable(),
  title: z.string(),
  name: z.string(),
  version: z.int(),
  savedAt: Timestamp,
  expiresAt: Timestamp,
});
export type DraftSummary = z.infer<typeof DraftSummary>;
export const DraftList = listOf(DraftSummary);
export type DraftList = z.infer<typeof DraftList>;
export const Draft = DraftSummary.extend({ content: z.record(z.string(), z.unknown()) });
export type Draft = z.infer<typeof Draft>;
