import { useTranslations } from 'next-intl';
import type { PresetRoleTag } from '@bailiwick/contract';
import { CheckField, FormSection } from './form-fields.tsx';
import { FLAG_NAMES, NO_FLAGS, ROLE_TAGS } from './preset-flags.ts';
import type { PartProps } from './preset-form.tsx';

/** What roles mean on what is deployed from it; one that says nothing means what it means everywhere. */
export function PresetRolesForm({ preset, onChange }: PartProps) {
  const t = useTranslations('catalogue.editor');
  const page = useTranslations('catalogue.page');
  const { roles } = preset;
  const say = (role: PresetRoleTag, on: boolean) => {
    const { [role]: _, ...rest } = roles;
    onChange({ ...preset, roles: on ? { ...rest, [role]: NO_FLAGS } : rest });
  };
  return (
    <FormSection title={t('roles')}>
      <p className="text-fg-2">{page('rolesText')}</p>
      {ROLE_TAGS.map((role) => {
        const flags = roles[role];
        return (
          <div key={role}>
            <CheckField label={t('said', { role })} checked={flags !== undefined} onCheck={(on) => say(role, on)} />
            {flags && (
              <fieldset className="ms-6 flex flex-wrap gap-x-4">
                <legend className="sr-only">{role}</legend>
                {FLAG_NAMES.map((flag) => (
                  <CheckField
                    key={flag}
                    label={page(`flag.${flag}`)}
                    checked={flags[flag]}
                    onCheck={(on) => onChange({ ...preset, roles: { ...roles, [role]: { ...flags, [flag]: on } } })}
                  />
                ))}
              </fieldset>
            )}
          </div>
        );
      })}
    </FormSection>
  );
}
