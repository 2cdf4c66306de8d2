import { useTranslations } from 'next-intl';
import type { GrantablePrincipal } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { PrincipalCombobox } from './principal-combobox.tsx';

interface Props {
  /** Null where there is nothing yet to hand on. */
  resource: string | null;
  holding: ReadonlySet<string>;
  chosen: GrantablePrincipal | null;
  /** It was sent without anybody. */
  missing: boolean;
  onChoose: (who: GrantablePrincipal | null) => void;
}

/** Whom something is handed on to, out of those who can be. */
export function PrincipalField({ resource, holding, chosen, missing, onChoose }: Props) {
  const t = useTranslations('access.give');
  return (
    <Field label={t('who')} hint={t('whoHint')} required error={missing && chosen === null ? t('missing') : undefined}>
      {(control) => (
        <PrincipalCombobox
          control={control}
          resource={resource}
          holding={holding}
          chosen={chosen}
          onChoose={onChoose}
        />
      )}
    </Field>
  );
}
