import { useTranslations } from 'next-intl';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { DURATION_KEYS, type SilenceKind, WEEK } from './silence-form.rules.ts';
import { useDayName } from './silence-words.ts';

type TimeField = 'from' | 'until' | 'at' | 'minutes' | 'timeZone';
interface Props {
  kind: SilenceKind;
  form: {
    control: (
      field: TimeField | 'duration',
      control: FieldControl,
    ) => FieldControl & {
      name: string;
      value: string;
      onChange: (event: { target: { value: string } }) => void;
      onBlur: () => void;
    };
  };
  wrong: (field: TimeField) => string | undefined;
  days: ReadonlySet<number>;
  onDays: (days: ReadonlySet<number>) => void;
}

/** When: for a while, from then until then, or every week. */
export function SilenceTimeFields({ kind, form, wrong, days, onDays }: Props) {
  const t = useTranslations('silences');
  if (kind === 'for')
    return (
      <Field label={t('field.duration')}>
        {(control) => (
          <Select {...form.control('duration', control)}>
            {DURATION_KEYS.map((each) => (
              <option key={each} value={each}>
                {t(`duration.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    );
  if (kind === 'once')
    return (
      <div className="grid gap-4 sm:grid-cols-2">
        {(['from', 'until'] as const).map((field) => (
          <Field key={field} label={t(`field.${field}`)} required error={wrong(field)}>
            {(control) => <Input {...form.control(field, control)} type="datetime-local" />}
          </Field>
        ))}
      </div>
    );
  return (
    <>
      <Days chosen={days} onChange={onDays} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('field.at')} required error={wrong('at')}>
          {(control) => <Input {...form.control('at', control)} type="time" />}
        </Field>
        <Field label={t('field.minutes')} required error={wrong('minutes')}>
          {(control) => <Input {...form.control('minutes', control)} inputMode="numeric" autoComplete="off" />}
        </Field>
      </div>
      <Field label={t('field.timeZone')} required error={wrong('timeZone')}>
        {(control) => {
          const props = form.control('timeZone', control);
          return (
            <Select {...props}>
              {[...new Set([props.value, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => (
                <option key={zone} value={zone} translate="no">
                  {zone}
                </option>
              ))}
            </Select>
          );
        }}
      </Field>
    </>
  );
}

function Days({ chosen, onChange }: { chosen: ReadonlySet<number>; onChange: (days: ReadonlySet<number>) => void }) {
  const t = useTranslations('silences');
  const toName = useDayName();
  const toggle = (day: number, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(day);
    else next.delete(day);
    onChange(next);
  };
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('field.days')}</legend>
      <div className="flex flex-wrap gap-x-4">
        {WEEK.map((day) => (
          <label key={day} className="flex min-h-6 items-center gap-2 touch:min-h-11">
            <Checkbox checked={chosen.has(day)} onChange={({ target }) => toggle(day, target.checked)} />
            {toName(day, 'long')}
          </label>
        ))}
      </div>
      {chosen.size === 0 && (
        <p role="alert" className="text-xs text-danger">
          {t('wrong.days')}
        </p>
      )}
    </fieldset>
  );
}
