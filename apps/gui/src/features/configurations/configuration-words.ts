'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Configuration, type ConfigurationField, type FieldChange, type ReviewCheck } from '@bailiwick/contract';
import * as z from 'zod';
import { formatBytes } from '../../lib/format.ts';
import { useCheckWords } from '../deployments/check-words.ts';
import { useIssueWords as useDeployIssueWords } from '../deployments/issue-words.ts';
import type { Issue, OwnCode } from './configuration-check.rules.ts';

const OWN = ['image', 'containerPort', 'onePort', 'nameTwice', 'needed', 'unfit'] as const satisfies OwnCode[];

/** What is wrong with a field and what would be right. */
export function useIssueWords(): (issue: Issue | undefined) => string | undefined {
  const t = useTranslations('configuration.issue');
  const ofDeploy = useDeployIssueWords();
  return (issue) => {
    if (issue === undefined) return undefined;
    const own = OWN.find((each) => each === issue.code);
    if (own !== undefined) return t(own, { port: '', name: '', ...issue.params });
    const { code, params } = issue;
    return isOwn(code) ? undefined : ofDeploy({ code, params });
  };
}

const isOwn = (code: Issue['code']): code is OwnCode => OWN.some((each) => each === code);

/** A check of a change as a sentence. */
export function useChangeCheckWords(): (check: ReviewCheck) => string {
  const t = useTranslations('configuration.check');
  const ofDeploy = useCheckWords();
  return (check) => {
    if (check.code === 'engine_unavailable' || check.code === 'answer_invalid') return t(check.code);
    if (check.code === 'not_taken_over' || check.code === 'lost_by_remake')
      return t(check.code, { names: namesIn(check.params) });
    return ofDeploy(check);
  };
}

export function useFieldName(): (field: ConfigurationField) => string {
  const t = useTranslations('configuration.name');
  return (field) => t(field);
}

const Env = z.object({ added: z.array(z.string()), changed: z.array(z.string()), removed: z.array(z.string()) });

/** What becomes of the variables, by their names; null for any other field. */
export const variablesIn = ({ field, to }: FieldChange): z.infer<typeof Env> | null =>
  field === 'env' ? (Env.safeParse(to).data ?? null) : null;

/** A value of a field, as it is read. */
export function useValueWords(): (field: ConfigurationField, value: unknown) => string {
  const t = useTranslations('configuration.value');
  const policy = useTranslations('deploy.restartPolicy');
  const locale = useLocale();
  const nothing = t('nothing');
  return (field, value) => {
    switch (field) {
      case 'memoryBytes':
      case 'memorySwapBytes':
      case 'shmBytes':
        return typeof value === 'number' ? formatBytes(value, locale) : nothing;
      case 'ports': {
        const ports = Configuration.shape.ports.safeParse(value).data ?? [];
        const lines = ports.map(
          ({ hostPort, containerPort, protocol }) => `${hostPort} → ${containerPort}/${protocol}`,
        );
        return lines.join(', ') || nothing;
      }
      case 'restart': {
        const restart = Configuration.shape.restart.safeParse(value).data;
        if (restart === undefined) return nothing;
        const { name, maximumRetryCount: count } = restart;
        return name === 'on-failure' ? t('tries', { policy: policy(name), count }) : policy(name);
      }
      case 'cpuQuota': {
        const quota = Configuration.shape.cpuQuota.safeParse(value).data;
        return quota ? t('quota', { quota: quota.quotaUs / 1000, period: quota.periodUs / 1000 }) : nothing;
      }
      case 'health':
        return Configuration.shape.health.safeParse(value).data?.command.join(' ') ?? nothing;
      case 'stdinOpen':
        return value === true ? t('open') : t('closed');
      case 'labels': {
        const labels = Configuration.shape.labels.safeParse(value).data ?? {};
        return Object.entries(labels).map(([name, text]) => `${name}=${text}`).join(', ') || nothing; // prettier-ignore
      }
      default:
        if (Array.isArray(value)) return value.join(' ');
        return typeof value === 'string' || typeof value === 'number' ? String(value) : nothing;
    }
  };
}

const Names = z.object({ names: z.array(z.string()) });
const namesIn = (params: ReviewCheck['params']): string => Names.safeParse(params).data?.names.join(', ') ?? '';
