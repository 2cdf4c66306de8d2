import { CatalogueEntry, ContainerId, ContainerList, Duplicate, Operation } from '@bailiwick/contract';
import { readCore, readMe } from '../../lib/core.ts';
import { readDraft } from './read-draft.ts';
import { readProjects } from '../projects/read-project.ts';
import { Failure } from '../shell/failure.tsx';
import { projectsFor } from './deploy-form.rules.ts';
import { duplicateOf } from './draft-address.ts';
import { DuplicateDeploy } from './duplicate-deploy.tsx';

interface Props {
  id: string;
  op: string | undefined;
  draft: string | undefined;
}

/** Everything it takes to deploy another one like a container. */
export async function DuplicatePage({ id, op, draft: draftId }: Props) {
  const [me, duplicate, containers, operation, projects, draft] = await Promise.all([
    readMe(),
    readCore(`/containers/${encodeURIComponent(id)}/duplicate`, Duplicate),
    readCore('/containers', ContainerList),
    op === undefined ? null : readCore(`/operations/${encodeURIComponent(op)}`, Operation),
    readProjects('active'),
    readDraft(draftId),
  ]);
  if (!me.ok) return <Failure error={me.error} />;
  if (!duplicate.ok) return <Failure error={duplicate.error} />;
  const { preset: name } = duplicate.value.input;
  const entry = name === undefined ? null : await readCore(`/presets/${encodeURIComponent(name)}`, CatalogueEntry);
  if (entry?.ok === false) return <Failure error={entry.error} />;
  return (
    <DuplicateDeploy
      of={ContainerId.parse(id)}
      draft={draft !== null && duplicateOf(draft) === id ? draft : null}
      duplicate={duplicate.value}
      preset={entry?.value.state === 'ready' ? entry.value.preset : null}
      takenNames={containers.ok ? containers.value.items.map((container) => container.name) : []}
      projects={projects.ok ? projectsFor(projects.value.items, me.value.tenant.id) : []}
      operation={operation?.ok === true ? operation.value : null}
    />
  );
}
