import { useTranslations } from 'next-intl';
import type { GrantablePrincipal } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import type { ChoicesAddress } from './access-queries.ts';
import { PrincipalCombobox } from './principal-combobox.tsx';

interface Props {
  from: ChoicesAddress;
  /** Where it is a person and never a team. */
  label?: string;
  holding: ReadonlySet<string>;
  chosen: GrantablePrincipal | null;
  /** It was sent without anybody. */
  missing: boolean;
  onChoose: (who: GrantablePrincipal | null) => void;
}

/** Whom something is handed on to, out of those who can be. */
export function PrincipalField({ from, label, holding, chosen, missing, onChoose }: Props) {
  const t = useTranslations('access.give');
  return (
    <Field
      label={label ?? t('who')}
      hint={t('whoHint')}
      required
      error={missing && chosen === null ? t('missing') : undefined}
    >
      {(control) => (
        <PrincipalCombobox control={control} from={from} holding={holding} chosen={chosen} onChoose={onChoose} />
      )}
    </Field>
  );
}
