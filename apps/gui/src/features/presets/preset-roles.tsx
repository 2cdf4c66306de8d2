import { Check, Minus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Preset } from '@bailiwick/contract';
import { Card, CardTitle } from '../../ui/card.tsx';
import { FLAG_NAMES, ROLE_TAGS } from './preset-flags.ts';

/** Who will be able to do what on what is deployed from it. */
export function PresetRoles({ roles }: { roles: Preset['roles'] }) {
  const t = useTranslations('catalogue.page');
  const said = ROLE_TAGS.filter((role) => roles[role] !== undefined);
  return (
    <Card aria-label={t('roles')} className="flex flex-col gap-3">
      <CardTitle>{t('roles')}</CardTitle>
      <p className="text-fg-2">{t(said.length > 0 ? 'rolesText' : 'rolesUsual')}</p>
      {said.length > 0 && (
        <div className="relative overflow-x-auto" tabIndex={0} role="group" aria-label={t('roles')}>
          <table className="w-full text-start text-sm">
            <thead>
              <tr>
                <th scope="col" className="p-2 text-start font-medium">
                  {t('role')}
                </th>
                {FLAG_NAMES.map((flag) => (
                  <th key={flag} scope="col" className="p-2 text-start text-xs font-medium">
                    {t(`flag.${flag}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {said.map((role) => (
                <tr key={role} className="border-t border-line">
                  <th scope="row" translate="no" className="p-2 text-start font-normal">
                    {role}
                  </th>
                  {FLAG_NAMES.map((flag) => (
                    <td key={flag} className="p-2">
                      {roles[role]?.[flag] ? (
                        <Check aria-hidden className="size-4 text-success" />
                      ) : (
                        <Minus aria-hidden className="size-4 text-fg-3" />
                      )}
                      <span className="sr-only">{t(roles[role]?.[flag] ? 'yes' : 'no')}</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
