'use client';

import { useMemo, useState, useSyncExternalStore } from 'react';
import type { Draft, Operation, Project } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { dropDraft } from './deploy-draft.ts';
import type { DeployForm } from './deploy-form.rules.ts';
import { DeployWizard } from './deploy-wizard.tsx';
import { findImageDraft, keepImageDraft, readSource, withoutVariables } from './image-draft.ts';
import {
  checkImageForm,
  fromReading,
  type ImageSource,
  NO_IMAGE,
  toImageInput,
  toPreset,
} from './image-source.rules.ts';
import { ImageStep } from './image-step.tsx';
import { PasteStep } from './paste-step.tsx';

interface Props {
  start: 'image' | 'paste';
  takenNames: readonly string[];
  projects: readonly Project[];
  operation: Operation | null;
  draft: Draft | null;
}

type Fill = (fresh: DeployForm) => DeployForm;

/** What is in no catalogue: an image, or what was pasted, and then the same way as with a preset. */
export function ImageDeploy({ start, takenNames, projects, operation, draft: saved }: Props) {
  const step = useAddressQuery().get('step');
  const draft = useSyncExternalStore(nothingToWatch, findImageDraft, () => null);
  const [chosen, setChosen] = useState<{ source: ImageSource; fill: Fill; count: number } | null>(() =>
    saved === null ? null : { source: readSource(saved.content['source']), fill: (fresh) => fresh, count: 0 },
  );
  const source = useMemo(() => chosen?.source ?? draft ?? { form: NO_IMAGE, kept: {} }, [chosen, draft]);
  const preset = useMemo(() => (Object.keys(checkImageForm(source.form)).length === 0 ? toPreset(source) : null), [source]); // prettier-ignore
  const drafted = useMemo(
    () => ({ preset: null, beside: { source: withoutVariables(source) }, begun: true as const }),
    [source],
  );
  const go = (next: ImageSource, fill: Fill) => {
    keepImageDraft(next);
    dropDraft(ADDRESS);
    setChosen({ source: next, fill, count: (chosen?.count ?? 0) + 1 });
    changeAddress(`${ADDRESS}?step=configure`, 'push');
    window.scrollTo({ top: 0 });
  };

  if (step !== null && preset !== null) {
    return (
      <DeployWizard
        key={chosen?.count ?? 0}
        address={ADDRESS}
        preset={preset}
        takenNames={takenNames}
        projects={projects}
        operation={operation}
        fill={chosen?.fill}
        draft={chosen?.count === 0 ? saved : null}
        drafted={drafted}
        toInput={(form) => toImageInput(source, preset, form)}
      />
    );
  }
  return start === 'paste' ? (
    <PasteStep
      onRead={({ input }) => {
        const { source: read, fill } = fromReading(input);
        go(read, fill);
      }}
    />
  ) : (
    <ImageStep form={source.form} onNext={(form) => go({ form, kept: {} }, (fresh) => fresh)} />
  );
}

const ADDRESS = '/deploy/image';
const nothingToWatch = () => () => undefined;
