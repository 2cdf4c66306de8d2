'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Operation, OperationStep } from '@bailiwick/contract';

const NAMES = [
  'containers.deploy',
  'containers.restore',
  'containers.delete',
  'containers.bulk',
  'audit.export',
  'people.move',
  'mail.test',
  'volumes.delete',
  'containers.update',
  'containers.recreate',
  'files.unpack',
  'files.pack',
  'plugins.syncUsers',
  'plugins.act',
] as const;
const STEPS = [
  'validate',
  'pull',
  'network',
  'volumes',
  'create',
  'start',
  'healthy',
  'remove',
  'data',
  'release',
  'items',
  'write',
  'copy',
  'settle',
  'clean',
  'connect',
  'send',
  'stop',
  'swap',
  'update',
  'check',
  'unpack',
  'place',
  'pack',
  'sync',
  'act',
] as const;

/** What is done to what: "Deploy shop". A name this panel does not know yet is shown as it is. */
export function useOperationTitle(): (operation: Pick<Operation, 'name' | 'target'>) => string {
  const t = useTranslations('operations');
  return useCallback(
    ({ name, target }) => {
      const known = NAMES.find((each) => each === name);
      if (known === undefined) return `${name} ${target.label}`;
      return t(`name.${toKey(known)}`, { label: target.label, format: target.label.toUpperCase() });
    },
    [t],
  );
}

/** `of`: the operation's name, where a step does something else in it. */
export function useStepTitle(of?: string): (step: Pick<OperationStep, 'name'>) => string {
  const t = useTranslations('operations');
  return useCallback(
    ({ name }) => {
      if (of === 'containers.recreate' && name === 'remove') return t('step.removeOld');
      const known = STEPS.find((each) => each === name);
      return known === undefined ? name : t(`step.${known}`);
    },
    [of, t],
  );
}

// A dot would read as a path into the messages.
const toKey = (name: (typeof NAMES)[number]) =>
  (
    ({
      'containers.deploy': 'deploy',
      'containers.restore': 'restore',
      'containers.delete': 'delete',
      'containers.bulk': 'bulk',
      'audit.export': 'export',
      'people.move': 'movePerson',
      'mail.test': 'mailTest',
      'volumes.delete': 'deleteVolume',
      'containers.update': 'update',
      'containers.recreate': 'recreate',
      'files.unpack': 'unpack',
      'files.pack': 'pack',
      'plugins.syncUsers': 'syncPeople',
      'plugins.act': 'act',
    }) as const
  )[name];
