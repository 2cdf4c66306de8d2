import * as z from 'zod';
import { Reason } from './access.ts';
import { ContainerId, ProjectId, TenantId } from './ids.ts';
import { RoleTag } from './people.ts';
import { NO_QUOTA, Quota } from './quotas.ts';
import { TeamName } from './teams.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** A named group of containers inside a tenant, with the people who work on it. */
export const Project = z.object({
  id: ProjectId,
  tenant: z.object({ id: TenantId, slug: z.string(), name: z.string() }),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  /** What its members are on its containers, where their membership names no other role. */
  defaultRole: z.string(),
  quota: Quota,
  /** How many of its containers the reader may see. */
  containers: z.int(),
  members: z.int(),
  createdAt: Timestamp,
  /** Its rights rest and it cannot be edited until it is restored. */
  archivedAt: Timestamp.nullable(),
  rights: Rights,
});
export type Project = z.infer<typeof Project>;
export const ProjectList = listOf(Project);
export type ProjectList = z.infer<typeof ProjectList>;

export const ListProjects = z.strictObject({
  tab: z.enum(['active', 'archived']).default('active'),
  tenant: z.string().max(64).optional(),
  q: z.string().max(200).optional(),
});
export type ListProjects = z.infer<typeof ListProjects>;

const Tag = z.string().trim().min(1).max(32);
/** A list, or text with commas. */
const Tags = z
  .union([
    z.array(Tag),
    z.string().transform((text) =>
      text
        .split(',')
        .map((tag) => tag.trim())
        .filter(Boolean),
    ),
  ])
  .pipe(z.array(Tag).max(20));

export const CreateProject = z.strictObject({
  tenant: z.string().min(1).max(64).optional(),
  name: TeamName,
  description: Reason.default(''),
  tags: Tags.default([]),
  defaultRole: RoleTag.default('operator'),
  quota: Quota.default(NO_QUOTA),
});
export type CreateProject = z.infer<typeof CreateProject>;
/** What is not named stays. */
export const UpdateProject = z.strictObject({
  name: TeamName.optional(),
  description: Reason.optional(),
  tags: Tags.optional(),
  defaultRole: RoleTag.optional(),
  quota: Quota.optional(),
});
export type UpdateProject = z.infer<typeof UpdateProject>;
export const ProjectAnswer = z.object({ item: Project });
export type ProjectAnswer = z.infer<typeof ProjectAnswer>;

/** A container is in one project at most: what is linked here leaves where it was. */
export const LinkContainers = z.strictObject({ ids: z.array(ContainerId).min(1).max(500) });
export type LinkContainers = z.infer<typeof LinkContainers>;
/** One answer per id, in the order asked. `skipped`: it is so already. */
export const Linked = z.object({
  items: z.array(
    z.object({
      id: ContainerId,
      outcome: z.enum(['linked', 'unlinked', 'skipped', 'missing', 'refused']),
      name: z.string().nullable(),
    }),
  ),
});
export type Linked = z.infer<typeof Linked>;
