import { useTranslations } from 'next-intl';
import type { Preset } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { CheckField, FormSection, LinesField, NumberField, TextField } from './form-fields.tsx';
import { defaultOf, fromLines, toLines, withDefault, withType } from './preset-draft.rules.ts';
import type { PartProps } from './preset-form.tsx';
import { AddButton, ListRow } from './preset-places.tsx';

type Question = Preset['questions'][number];
const TYPES: readonly Question['type'][] = ['text', 'number', 'choice', 'boolean', 'secret', 'port', 'size'];

/** What is asked before it is deployed. */
export function PresetQuestions({ preset, onChange }: PartProps) {
  const t = useTranslations('catalogue.editor');
  const { questions, config } = preset;
  const set = (next: Question[]) => onChange({ ...preset, questions: next });
  return (
    <FormSection title={t('questions')}>
      {questions.map((question, at) => (
        <QuestionRow
          key={at}
          question={question}
          ports={config.ports}
          onChange={(changed) => set(questions.map((each, index) => (index === at ? changed : each)))}
          onRemove={() => set(questions.filter((_, index) => index !== at))}
        />
      ))}
      <AddButton
        onClick={() => set([...questions, { type: 'text', name: '', label: '', required: true, maxLength: 256 }])}
      >
        {t('addQuestion')}
      </AddButton>
    </FormSection>
  );
}

interface RowProps {
  question: Question;
  ports: Preset['config']['ports'];
  onChange: (question: Question) => void;
  onRemove: () => void;
}

function QuestionRow({ question, ports, onChange, onRemove }: RowProps) {
  const t = useTranslations('catalogue.editor');
  const start = defaultOf(question);
  const setHelp = (help: string) => {
    const { help: _, ...rest } = question;
    onChange(help === '' ? rest : { ...rest, help });
  };
  return (
    <ListRow
      remove={t('remove', { what: question.label === '' ? t('questions') : question.label })}
      onRemove={onRemove}
    >
      <TextField
        label={t('questionName')}
        maxLength={40}
        value={question.name}
        onValue={(name) => onChange({ ...question, name })}
      />
      <TextField
        label={t('label')}
        maxLength={80}
        value={question.label}
        onValue={(label) => onChange({ ...question, label })}
      />
      <Field label={t('type')}>
        {(control) => (
          <Select
            {...control}
            value={question.type}
            onChange={({ target }) => {
              const type = TYPES.find((each) => each === target.value) ?? question.type;
              onChange(withType(question, type, ports[0]?.containerPort ?? 80));
            }}
          >
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`types.${type}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {start !== undefined && question.type !== 'number' && (
        <TextField label={t('default')} value={start} onValue={(text) => onChange(withDefault(question, text))} />
      )}
      {question.type === 'number' && (
        <NumberField
          label={t('default')}
          value={question.default}
          onNumber={(number) => onChange(withDefault(question, String(number)))}
        />
      )}
      {question.type === 'port' && (
        <NumberField
          label={t('containerPort')}
          value={question.containerPort}
          onNumber={(containerPort) => onChange({ ...question, containerPort })}
        />
      )}
      <TextField label={t('help')} maxLength={300} value={question.help ?? ''} onValue={setHelp} />
      {question.type === 'choice' && (
        <LinesField
          label={t('choices')}
          hint={t('choicesHint')}
          value={toLines(question.choices.map(({ value, label }) => [value, label]))}
          onValue={(text) =>
            onChange({ ...question, choices: fromLines(text).map(([value, label]) => ({ value, label })) })
          }
        />
      )}
      <CheckField
        label={t('required')}
        checked={question.required}
        onCheck={(required) => onChange({ ...question, required })}
      />
    </ListRow>
  );
}
