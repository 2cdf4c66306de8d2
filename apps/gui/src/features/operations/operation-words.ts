'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Operation, OperationStep } from '@bailiwick/contract';

const NAMES = [
  'containers.deploy',
  'containers.delete',
  'containers.bulk',
  'audit.export',
  'people.move',
  'mail.test',
  'volumes.delete',
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

export function useStepTitle(): (step: Pick<OperationStep, 'name'>) => string {
  const t = useTranslations('operations');
  return useCallback(
    ({ name }) => {
      const known = STEPS.find((each) => each === name);
      return known === undefined ? name : t(`step.${known}`);
    },
    [t],
  );
}

// A dot would read as a path into the messages.
const toKey = (name: (typeof NAMES)[number]) =>
  (
    ({
      'containers.deploy': 'deploy',
      'containers.delete': 'delete',
      'containers.bulk': 'bulk',
      'audit.export': 'export',
      'people.move': 'movePerson',
      'mail.test': 'mailTest',
      'volumes.delete': 'deleteVolume',
    }) as const
  )[name];
