import * as z from 'zod';
import { Grant, Reason } from './access.ts';
import { TeamId, TenantId, UserId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** In one line: it stands in sentences. */
export const TeamName = z
  .string()
  .trim()
  .min(2)
  .max(96)
  .regex(/^\P{Cc}*$/u, 'Use one line, without control characters.');

/** People who are given things together. Where several of one person's teams are, the lowest number counts. */
export const Team = z.object({
  id: TeamId,
  tenant: z.object({ id: TenantId, slug: z.string(), name: z.string() }),
  name: z.string(),
  description: z.string(),
  priority: z.int(),
  members: z.array(z.object({ id: UserId, name: z.string(), username: z.string() })),
  /** How many grants it holds. */
  grants: z.int(),
  createdAt: Timestamp,
  /** Changes with every edit. */
  version: z.string(),
  rights: Rights,
});
export type Team = z.infer<typeof Team>;
export const TeamList = listOf(Team);
export type TeamList = z.infer<typeof TeamList>;

export const ListTeams = z.strictObject({
  /** Slug or id. */
  tenant: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
});
export type ListTeams = z.infer<typeof ListTeams>;

const Priority = z.int().min(1).max(1000);
export const CreateTeam = z.strictObject({
  tenant: z.string().min(1).max(64).default('default'),
  name: TeamName,
  description: Reason.default(''),
  priority: Priority.default(100),
  members: z.array(UserId).max(1000).default([]),
});
export type CreateTeam = z.infer<typeof CreateTeam>;
/** What is not named stays; `members` replaces them all. An edit that names an older version is refused. */
export const UpdateTeam = z.strictObject({
  version: z.string().max(64).optional(),
  name: TeamName.optional(),
  description: Reason.optional(),
  priority: Priority.optional(),
  members: z.array(UserId).max(1000).optional(),
});
export type UpdateTeam = z.infer<typeof UpdateTeam>;
export const TeamAnswer = z.object({ item: Team });
export type TeamAnswer = z.infer<typeof TeamAnswer>;
/** A team with what it was given; null for who may see teams and not what was handed on in their tenant. */
export const TeamDetail = TeamAnswer.extend({ grants: z.array(Grant).nullable() });
export type TeamDetail = z.infer<typeof TeamDetail>;
