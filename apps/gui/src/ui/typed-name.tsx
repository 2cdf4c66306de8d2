import { Field } from './field.tsx';
import { Input } from './input.tsx';

export interface TypedNameProps {
  /** What to type, in words. */
  label: string;
  value: string;
  onChange: (typed: string) => void;
}

/** The name of what will be lost, typed by hand: nothing to paste it from stands beside it. */
export function TypedName({ label, value, onChange }: TypedNameProps) {
  return (
    <Field label={label} required>
      {(control) => (
        <Input
          {...control}
          name="confirmName"
          autoComplete="off"
          spellCheck={false}
          maxLength={255}
          translate="no"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
