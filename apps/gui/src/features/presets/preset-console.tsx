import { useTranslations } from 'next-intl';
import type { Preset } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { FormSection, TextField } from './form-fields.tsx';
import type { PartProps } from './preset-form.tsx';
import { AddButton, ListRow } from './preset-places.tsx';

type Action = Preset['quickActions'][number];
type Trigger = Preset['logTriggers'][number];
type Fix = NonNullable<Trigger['fix']>;
const SEVERITIES: readonly Trigger['severity'][] = ['info', 'warning', 'error'];

/** What is at hand in its console, and what in its log is worth telling. */
export function PresetConsole({ preset, onChange }: PartProps) {
  const t = useTranslations('catalogue.editor');
  const { quickActions, logTriggers } = preset;
  const setActions = (next: Action[]) => onChange({ ...preset, quickActions: next });
  const setAction = (at: number, changed: Partial<Action>) =>
    setActions(quickActions.map((action, index) => (index === at ? { ...action, ...changed } : action)));
  const setTriggers = (next: Trigger[]) => onChange({ ...preset, logTriggers: next });
  const setTrigger = (at: number, changed: Partial<Trigger>) =>
    setTriggers(logTriggers.map((trigger, index) => (index === at ? { ...trigger, ...changed } : trigger)));
  const setFix = (at: number, fix: Fix | undefined) =>
    setTriggers(
      logTriggers.map(({ fix: before, ...trigger }, index) => {
        const next = index === at ? fix : before;
        return next === undefined ? trigger : { ...trigger, fix: next };
      }),
    );
  return (
    <>
      <FormSection title={t('quickActions')}>
        {quickActions.map(({ label, line }, at) => (
          <ListRow
            key={at}
            remove={t('remove', { what: label === '' ? t('quickActions') : label })}
            onRemove={() => setActions(quickActions.filter((_, index) => index !== at))}
          >
            <TextField
              label={t('label')}
              maxLength={40}
              value={label}
              onValue={(text) => setAction(at, { label: text })}
            />
            <TextField
              label={t('line')}
              hint={t('lineHint')}
              value={line}
              onValue={(text) => setAction(at, { line: text })}
            />
          </ListRow>
        ))}
        <AddButton onClick={() => setActions([...quickActions, { label: '', line: '' }])}>{t('addAction')}</AddButton>
      </FormSection>
      <FormSection title={t('logTriggers')}>
        {logTriggers.map(({ label, pattern, severity, fix }, at) => (
          <ListRow
            key={at}
            remove={t('remove', { what: label === '' ? t('logTriggers') : label })}
            onRemove={() => setTriggers(logTriggers.filter((_, index) => index !== at))}
          >
            <TextField
              label={t('label')}
              maxLength={80}
              value={label}
              onValue={(text) => setTrigger(at, { label: text })}
            />
            <TextField
              label={t('pattern')}
              hint={t('patternHint')}
              maxLength={200}
              value={pattern}
              onValue={(text) => setTrigger(at, { pattern: text })}
            />
            <Field label={t('severity')}>
              {(control) => (
                <Select
                  {...control}
                  value={severity}
                  onChange={({ target }) =>
                    setTrigger(at, { severity: SEVERITIES.find((each) => each === target.value) ?? severity })
                  }
                >
                  {SEVERITIES.map((each) => (
                    <option key={each} value={each}>
                      {t(`severities.${each}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <TriggerFix fix={fix} onChange={(next) => setFix(at, next)} />
          </ListRow>
        ))}
        <AddButton onClick={() => setTriggers([...logTriggers, { label: '', pattern: '', severity: 'warning' }])}>
          {t('addTrigger')}
        </AddButton>
      </FormSection>
    </>
  );
}

const FIXES = ['none', 'line', 'settings', 'shell', 'console'] as const;

function TriggerFix({ fix, onChange }: { fix: Fix | undefined; onChange: (fix: Fix | undefined) => void }) {
  const t = useTranslations('catalogue.editor');
  const kind = fix === undefined ? 'none' : 'line' in fix ? 'line' : fix.page;
  const choose = (value: string) => {
    const next = FIXES.find((each) => each === value) ?? kind;
    const label = fix?.label ?? '';
    if (next === 'none') onChange(undefined);
    else onChange(next === 'line' ? { label, line: '' } : { label, page: next });
  };
  return (
    <>
      <Field label={t('fix')}>
        {(control) => (
          <Select {...control} value={kind} onChange={({ target }) => choose(target.value)}>
            {FIXES.map((each) => (
              <option key={each} value={each}>
                {t(`fixes.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {fix !== undefined && (
        <TextField
          label={t('fixLabel')}
          maxLength={40}
          value={fix.label}
          onValue={(label) => onChange({ ...fix, label })}
        />
      )}
      {fix !== undefined && 'line' in fix && (
        <TextField
          label={t('line')}
          hint={t('lineHint')}
          value={fix.line}
          onValue={(line) => onChange({ ...fix, line })}
        />
      )}
    </>
  );
}
