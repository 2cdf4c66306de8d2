import { useTranslations } from 'next-intl';
import type { Project, ProjectId } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';

interface Props {
  projects: readonly Project[];
  chosen: ProjectId | null;
  error: string | undefined;
  onChoose: (project: ProjectId | null) => void;
}

/** Which project it is in from the start: who works on that reaches it at once, and its quota counts it. */
export function ProjectField({ projects, chosen, error, onChoose }: Props) {
  const t = useTranslations('deploy');
  return (
    <Field label={t('project')} hint={t('projectHint')} error={error}>
      {(control) => (
        <Select
          {...control}
          name="project"
          className="max-w-80"
          value={chosen ?? ''}
          onChange={({ target }) => onChoose(projects.find(({ id }) => id === target.value)?.id ?? null)}
        >
          <option value="">{t('noProject')}</option>
          {projects.map(({ id, name }) => (
            <option key={id} value={id} translate="no">
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
