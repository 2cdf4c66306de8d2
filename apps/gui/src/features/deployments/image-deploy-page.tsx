import { ContainerList, Operation } from '@bailiwick/contract';
import { readCore, readMe } from '../../lib/core.ts';
import { readDraft } from './read-draft.ts';
import { readProjects } from '../projects/read-project.ts';
import { Failure } from '../shell/failure.tsx';
import { projectsFor } from './deploy-form.rules.ts';
import { ImageDeploy } from './image-deploy.tsx';
import { NoImageDeploys } from './no-image-deploys.tsx';

interface Props {
  start: 'image' | 'paste';
  op: string | undefined;
  draft: string | undefined;
}

/** Everything the two ways past the catalogue need to know. */
export async function ImageDeployPage({ start, op, draft: id }: Props) {
  const [me, containers, operation, projects, draft] = await Promise.all([
    readMe(),
    readCore('/containers', ContainerList),
    op === undefined ? null : readCore(`/operations/${encodeURIComponent(op)}`, Operation),
    readProjects('active'),
    readDraft(id),
  ]);
  if (!me.ok) return <Failure error={me.error} />;
  if (!me.value.anywhere.includes('containers.createAny')) return <NoImageDeploys />;
  return (
    <ImageDeploy
      start={start}
      takenNames={containers.ok ? containers.value.items.map(({ name }) => name) : []}
      projects={projects.ok ? projectsFor(projects.value.items, me.value.tenant.id) : []}
      draft={draft}
      operation={operation?.ok === true ? operation.value : null}
    />
  );
}
