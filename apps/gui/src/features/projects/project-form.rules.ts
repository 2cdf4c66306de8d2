import type { Project } from '@bailiwick/contract';
import { QUOTA_FIELDS, QUOTA_RULES, toQuotaValues } from '../quotas/quota-form.rules.ts';

export const PROJECT_FIELDS = ['name', 'description', 'tags', 'defaultRole', ...QUOTA_FIELDS] as const;
type Values = Record<(typeof PROJECT_FIELDS)[number], string>;

export const toTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];
const areTags = (text: string): boolean => {
  const tags = toTags(text);
  return tags.length <= 20 && tags.every((tag) => tag.length <= 32);
};

export const PROJECT_RULES: Record<keyof Values, (text: string) => boolean> = {
  name: (text) => text.trim().length >= 2 && text.trim().length <= 96,
  description: (text) => text.trim().length <= 300,
  tags: areTags,
  defaultRole: () => true,
  ...QUOTA_RULES,
};

export const toValues = ({ name, description, tags, defaultRole, quota }: Project): Values => ({
  name,
  description,
  tags: tags.join(', '),
  defaultRole,
  ...toQuotaValues(quota),
});
