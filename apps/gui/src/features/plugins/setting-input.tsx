import { useTranslations } from 'next-intl';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select, Textarea } from '../../ui/input.tsx';
import type { SettingField } from './settings-form.rules.ts';

interface Props {
  field: SettingField;
  value: string;
  problem: string | undefined;
  readOnly: boolean;
  isForgotten: boolean;
  onChange: (value: string) => void;
  onForget: (on: boolean) => void;
}

/** One setting, with the control that fits what it takes. */
export function SettingInput({ field, value, problem, readOnly, isForgotten, onChange, onForget }: Props) {
  const t = useTranslations('plugins.settings');
  const { key, kind, title, description, required, isKept, choices, isWhole } = field;
  const hints = [description, ...(kind === 'texts' || kind === 'json' ? [t(`hint.${kind}`)] : []), ...(isKept ? [t('hint.kept')] : [])]; // prettier-ignore
  const hint = hints.filter(Boolean).join(' ');
  const shared = {
    name: key,
    value,
    disabled: readOnly,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  if (kind === 'boolean')
    return (
      <div className="flex flex-col gap-0.5 text-sm">
        <label className="flex min-h-6 items-center gap-2 font-medium touch:min-h-11">
          <Checkbox
            name={key}
            checked={value === 'true'}
            disabled={readOnly}
            onChange={({ target }) => onChange(String(target.checked))}
          />
          {title}
        </label>
        {hint !== '' && <p className="ps-6 text-xs text-fg-3">{hint}</p>}
        {problem !== undefined && <p className="ps-6 text-xs text-danger">{problem}</p>}
      </div>
    );
  return (
    <Field label={title} required={required && !isKept} hint={hint === '' ? undefined : hint} error={problem}>
      {(control) => {
        switch (kind) {
          case 'choice':
            return (
              <Select {...control} {...shared}>
                {(!required || value === '') && <option value="">{t('unset')}</option>}
                {choices.map((choice) => (
                  <option key={choice} value={choice} translate="no">
                    {choice.startsWith('"') ? (JSON.parse(choice) as string) : choice}
                  </option>
                ))}
              </Select>
            );
          case 'long':
          case 'texts':
            return <Textarea {...control} {...shared} className="min-h-20" spellCheck={false} />;
          case 'json':
            return <Textarea {...control} {...shared} className="min-h-20 font-mono text-xs" spellCheck={false} />;
          case 'secret':
            return (
              <>
                <Input
                  {...control}
                  {...shared}
                  type="password"
                  autoComplete="new-password"
                  disabled={readOnly || isForgotten}
                  placeholder={isKept ? t('hint.stays') : undefined}
                />
                {isKept && !readOnly && (
                  <label className="flex min-h-6 items-center gap-2 text-xs text-fg-2 touch:min-h-11">
                    <Checkbox checked={isForgotten} onChange={({ target }) => onForget(target.checked)} />
                    {t('forget', { name: title })}
                  </label>
                )}
              </>
            );
          case 'number':
            return <Input {...control} {...shared} inputMode={isWhole ? 'numeric' : 'decimal'} autoComplete="off" />;
          default:
            return <Input {...control} {...shared} autoComplete="off" spellCheck={false} />;
        }
      }}
    </Field>
  );
}
