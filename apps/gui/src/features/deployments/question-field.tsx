'use client';

import { useTranslations } from 'next-intl';
import type { PresetQuestion } from '@bailiwick/contract';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { SecretInput } from './secret-input.tsx';

type Answer = string | boolean;
/** A port is asked for with the ports. */
type Question = Exclude<PresetQuestion, { type: 'port' }>;
interface Props {
  question: Question;
  answer: Answer;
  error: string | undefined;
  onAnswer: (answer: Answer) => void;
  onLeave: () => void;
}

/** One question of a preset, in the control its type asks for. */
export function QuestionField({ question, answer, error, onAnswer, onLeave }: Props) {
  const t = useTranslations('deploy');
  if (question.type === 'boolean') {
    return (
      <label className="flex items-start gap-2.5 py-1">
        <Checkbox
          name={question.name}
          checked={answer === true}
          onChange={({ target }) => onAnswer(target.checked)}
          className="mt-0.5"
        />
        <span>
          <span className="font-medium">{question.label}</span>
          {question.help !== undefined && <span className="block text-xs text-fg-3">{question.help}</span>}
        </span>
      </label>
    );
  }
  const text = typeof answer === 'string' ? answer : '';
  return (
    <Field
      label={question.label}
      hint={question.help ?? (question.type === 'size' ? t('sizeHint') : undefined)}
      error={error}
      required={question.required && question.type !== 'secret'}
    >
      {(control) => <Control control={control} question={question} text={text} onAnswer={onAnswer} onLeave={onLeave} />}
    </Field>
  );
}

interface ControlProps {
  control: FieldControl;
  question: Exclude<Question, { type: 'boolean' }>;
  text: string;
  onAnswer: (answer: string) => void;
  onLeave: () => void;
}

function Control({ control, question, text, onAnswer, onLeave }: ControlProps) {
  switch (question.type) {
    case 'choice':
      return (
        <Select {...control} name={question.name} value={text} onChange={({ target }) => onAnswer(target.value)}>
          {question.choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      );
    case 'number':
      return (
        <Input
          {...control}
          name={question.name}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={({ target }) => onAnswer(target.value)}
          onBlur={onLeave}
        />
      );
    case 'size':
      return (
        <Input
          {...control}
          name={question.name}
          autoComplete="off"
          spellCheck={false}
          className="max-w-40"
          value={text}
          onChange={({ target }) => onAnswer(target.value)}
          onBlur={onLeave}
        />
      );
    case 'text':
      return (
        <Input
          {...control}
          name={question.name}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => onAnswer(target.value)}
          onBlur={onLeave}
        />
      );
    case 'secret':
      return <SecretInput control={control} question={question} text={text} onAnswer={onAnswer} />;
  }
}
