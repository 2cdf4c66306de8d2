import { useTranslations } from 'next-intl';
import { AlertRule } from '@bailiwick/contract';
import { Checkbox } from '../../ui/checkbox.tsx';

interface Props {
  /** Null for everything. */
  chosen: ReadonlySet<AlertRule> | null;
  onChange: (chosen: ReadonlySet<AlertRule> | null) => void;
}

/** What a channel tells of: everything, or these rules. */
export function ChannelRules({ chosen, onChange }: Props) {
  const t = useTranslations('channels');
  const names = useTranslations('alerts.rules.name');
  const toggle = (rule: AlertRule, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(rule);
    else next.delete(rule);
    onChange(next);
  };
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('field.rules')}</legend>
      <label className="flex min-h-6 items-center gap-2 touch:min-h-11">
        <Checkbox
          checked={chosen === null}
          onChange={({ target }) => onChange(target.checked ? null : new Set(AlertRule.options))}
        />
        {t('field.allRules')}
      </label>
      {chosen !== null && (
        <div className="mt-1 grid gap-x-4 ps-6 sm:grid-cols-2">
          {AlertRule.options.map((rule) => (
            <label key={rule} className="flex min-h-6 items-center gap-2 text-sm touch:min-h-11">
              <Checkbox checked={chosen.has(rule)} onChange={({ target }) => toggle(rule, target.checked)} />
              {names(rule)}
            </label>
          ))}
        </div>
      )}
      {chosen?.size === 0 && (
        <p role="alert" className="text-xs text-danger">
          {t('wrong.rules')}
        </p>
      )}
    </fieldset>
  );
}
