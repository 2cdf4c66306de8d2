'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { ContainerId, Draft, Duplicate, Operation, Preset, Project } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { DeployWizard } from './deploy-wizard.tsx';
import { besideDuplicate, duplicateAddress } from './draft-address.ts';
import { fromDuplicate } from './duplicate-source.rules.ts';

interface Props {
  /** What it is to be like. */
  of: ContainerId;
  duplicate: Duplicate;
  /** Null where it is an image. */
  preset: Preset | null;
  takenNames: readonly string[];
  projects: readonly Project[];
  operation: Operation | null;
  draft: Draft | null;
}

/** Another one like a container, deployed the same way as anything else; says first what it does not share. */
export function DuplicateDeploy({ of, duplicate, preset, takenNames, projects, operation, draft }: Props) {
  const t = useTranslations('deploy.duplicate');
  const [source] = useState(() => fromDuplicate(duplicate.input, preset, takenNames));
  const drafted = useMemo(
    () => ({ preset: duplicate.input.preset ?? null, beside: besideDuplicate(of) }),
    [of, duplicate],
  );
  const { input, carried, leftOut, withoutBinds } = duplicate;
  const names = (some: readonly string[]) => (
    <span translate="no" className="font-mono text-xs break-all">
      {some.join(', ')}
    </span>
  );
  return (
    <>
      <Banner title={t('of', { name: input.name })} data-slot="duplicate" className="mb-4 max-w-6xl">
        <p>{t('apart')}</p>
        {carried.length > 0 && <p>{t.rich('carried', { count: carried.length, names: () => names(carried) })}</p>}
        {leftOut.length > 0 && <p>{t.rich('leftOut', { count: leftOut.length, names: () => names(leftOut) })}</p>}
        {withoutBinds.length > 0 && (
          <p>{t.rich('withoutBinds', { count: withoutBinds.length, names: () => names(withoutBinds) })}</p>
        )}
      </Banner>
      <DeployWizard
        address={duplicateAddress(of)}
        draft={draft}
        drafted={drafted}
        preset={source.preset}
        takenNames={takenNames}
        projects={projects}
        operation={operation}
        fill={source.fill}
        toInput={source.toInput}
      />
    </>
  );
}
