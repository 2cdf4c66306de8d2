import { useTranslations } from 'next-intl';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';

interface Props {
  /** Where the preset has one. */
  ofPreset: string | undefined;
  value: string;
  error: string | undefined;
  onChange: (workspace: string) => void;
  onLeave: () => void;
}

/** Where its managed workspace is. */
export function WorkspaceField({ ofPreset, value, error, onChange, onLeave }: Props) {
  const t = useTranslations('deploy');
  return (
    <Field
      label={t('workspace')}
      hint={t(ofPreset === undefined ? 'workspaceHint' : 'workspaceOfPreset')}
      error={error}
    >
      {(control) => (
        <Input
          {...control}
          name="workspace"
          autoComplete="off"
          spellCheck={false}
          placeholder={ofPreset}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}
