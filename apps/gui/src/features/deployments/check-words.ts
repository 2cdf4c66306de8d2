'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { DeployReview } from '@bailiwick/contract';
import { useCapabilityList } from '../access/capability-words.ts';
import { textsIn } from '../shell/error-words.rules.ts';
import { useErrorWords } from '../shell/error-words.ts';
import { formatBytes } from '../../lib/format.ts';

const KNOWN = [
  'engine_online',
  'engine_unavailable',
  'name_free',
  'name_taken',
  'invalid_name',
  'ports_free',
  'ports_replaced',
  'port_conflict',
  'invalid_ports',
  'image_present',
  'image_pulled',
  'image_not_looked_up',
  'image_missing',
  'image_platform',
  'user_fine',
  'user_not_known',
  'runs_as_root',
  'root_refused',
  'memory_fits',
  'memory_large',
  'memory_exceeds_host',
  'cpus_exceed_host',
  'quota_fits',
  'volumes_new',
  'volumes_kept',
  'volume_in_use',
  'volume_refused',
  'invalid_volumes',
  'host_folders',
  'invalid_binds',
  'answers_valid',
  'answer_invalid',
  'secrets_fine',
  'secrets_weak',
  'access_given',
  'access_refused',
  'plugins_agree',
  'plugin_refused',
] as const;

/** Each check as a sentence; what could not be looked at says so. */
export function useCheckWords(): (check: DeployReview['checks'][number]) => string {
  const t = useTranslations('deploy.check');
  const locale = useLocale();
  const toWords = useErrorWords();
  const toCapabilities = useCapabilityList();
  return ({ check, code, params }) => {
    if (code === 'quota_exceeded' || code === 'ports_exhausted') {
      const { text, hint } = toWords({ code, params });
      return `${text} ${hint}`;
    }
    const known = KNOWN.find((each) => each === code);
    if (known === undefined) return t(`unknown.${check}`);
    const text = (name: string) => {
      const value = params[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    };
    const bytes = (name: string) => {
      const value = params[name];
      return typeof value === 'number' ? formatBytes(value, locale) : '';
    };
    const list = (name: string) => textsIn(params[name]).join(', ');
    const missing = toCapabilities(textsIn(params['missing']));
    return t(known, {
      name: text('name'),
      image: text('image'),
      profile: text('profile'),
      plugin: text('plugin'),
      reason: text('reason'),
      port: text('hostPort'),
      ...ownerOf(params['usedBy']),
      host: bytes('hostMemoryBytes'),
      size: bytes('sizeBytes'),
      madeFor: list('madeFor'),
      processor: text('host'),
      names: list('names') || missing || 'none',
      count: typeof params['count'] === 'number' ? params['count'] : 0,
    });
  };
}

/** Who has the port, where the core knows and may say. */
function ownerOf(usedBy: unknown): { by: 'host' | 'hidden' | 'container'; owner: string } {
  const hidden = { by: 'hidden' as const, owner: '' };
  if (typeof usedBy !== 'object' || usedBy === null) return hidden;
  if ('kind' in usedBy && usedBy.kind === 'host') return { by: 'host', owner: '' };
  return 'name' in usedBy && typeof usedBy.name === 'string' ? { by: 'container', owner: usedBy.name } : hidden;
}
