import { useTranslations } from 'next-intl';
import { Field } from '../../ui/field.tsx';
import { Select, Textarea } from '../../ui/input.tsx';
import { CATEGORIES } from './catalogue.rules.ts';
import { CheckField, FormSection, TextField } from './form-fields.tsx';
import type { PartProps } from './preset-form.tsx';
import { ICON_NAMES } from './preset-icon.tsx';

/** What it is called, and where it is found. */
export function PresetBasics({ preset, nameFixed, onChange }: PartProps & { nameFixed: boolean }) {
  const t = useTranslations('catalogue.editor');
  const words = useTranslations('catalogue');
  const { categories } = preset;
  return (
    <FormSection title={t('basics')}>
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        required
        maxLength={42}
        disabled={nameFixed}
        value={preset.name}
        onValue={(name) => onChange({ ...preset, name })}
      />
      <TextField
        label={t('title')}
        required
        maxLength={80}
        value={preset.title}
        onValue={(title) => onChange({ ...preset, title })}
      />
      <Field label={t('description')} required>
        {(control) => (
          <Textarea
            {...control}
            className="min-h-16"
            maxLength={400}
            value={preset.description}
            onChange={({ target }) => onChange({ ...preset, description: target.value })}
          />
        )}
      </Field>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="text-sm font-medium">{t('categories')}</legend>
        {CATEGORIES.map((category) => (
          <CheckField
            key={category}
            label={words(`category.${category}`)}
            checked={categories.includes(category)}
            onCheck={(on) =>
              onChange({
                ...preset,
                categories: CATEGORIES.filter((each) => (each === category ? on : categories.includes(each))),
              })
            }
          />
        ))}
      </fieldset>
      <Field label={t('icon')}>
        {(control) => (
          <Select
            {...control}
            className="max-w-60"
            value={preset.icon}
            onChange={({ target }) => onChange({ ...preset, icon: target.value })}
          >
            {[...new Set([preset.icon, ...ICON_NAMES])].map((icon) => (
              <option key={icon} value={icon} translate="no">
                {icon}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <CheckField
        label={t('selfService')}
        checked={preset.selfService}
        onCheck={(selfService) => onChange({ ...preset, selfService })}
      />
    </FormSection>
  );
}
