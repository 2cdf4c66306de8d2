'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PresetQuestion } from '@bailiwick/contract';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input, Select } from '../../ui/input.tsx';

type Answer = string | boolean;
interface Props {
  question: PresetQuestion;
  answer: Answer;
  error: string | undefined;
  /** What it becomes when it is left empty. */
  placeholder?: string | undefined;
  onAnswer: (answer: Answer) => void;
  onLeave: () => void;
}

/** One question of a preset, in the control its type asks for. */
export function QuestionField({ question, answer, error, placeholder, onAnswer, onLeave }: Props) {
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
      hint={
        question.help ??
        (question.type === 'size' ? t('sizeHint') : question.type === 'port' ? t('portHint') : undefined)
      }
      error={error}
      required={question.required && question.type !== 'secret' && question.type !== 'port'}
    >
      {(control) => (
        <Control
          control={control}
          question={question}
          text={text}
          placeholder={placeholder}
          onAnswer={onAnswer}
          onLeave={onLeave}
        />
      )}
    </Field>
  );
}

interface ControlProps {
  control: FieldControl;
  question: Exclude<PresetQuestion, { type: 'boolean' }>;
  text: string;
  placeholder: string | undefined;
  onAnswer: (answer: string) => void;
  onLeave: () => void;
}

function Control({ control, question, text, placeholder, onAnswer, onLeave }: ControlProps) {
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
    case 'port':
    case 'size':
      return (
        <Input
          {...control}
          name={question.name}
          inputMode={question.type === 'port' ? 'numeric' : undefined}
          autoComplete="off"
          spellCheck={false}
          className="max-w-40"
          placeholder={placeholder}
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
      return <SecretInput control={control} name={question.name} text={text} onAnswer={onAnswer} />;
  }
}

function SecretInput({
  control,
  name,
  text,
  onAnswer,
}: Pick<ControlProps, 'control' | 'text' | 'onAnswer'> & { name: string }) {
  const t = useTranslations('deploy.secret');
  const [shown, setShown] = useState(false);
  return (
    <span className="flex gap-1">
      <Input
        {...control}
        name={name}
        required={false}
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck={false}
        placeholder={t('generated')}
        value={text}
        onChange={({ target }) => onAnswer(target.value)}
      />
      <IconButton label={shown ? t('hide') : t('show')} aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </span>
  );
}
