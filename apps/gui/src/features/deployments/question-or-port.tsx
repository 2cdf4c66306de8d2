import { useTranslations } from 'next-intl';
import type { DeployReview, PresetQuestion } from '@bailiwick/contract';
import { Field } from '../../ui/field.tsx';
import { type DeployForm, portKey } from './deploy-form.rules.ts';
import { PortInput } from './port-input.tsx';
import { QuestionField } from './question-field.tsx';

interface Props {
  question: PresetQuestion;
  form: DeployForm;
  review: DeployReview | undefined;
  errorOf: (path: string) => string | undefined;
  onChange: (form: DeployForm) => void;
  onLeave: (path: string) => void;
}

/** A question, whose answer is kept with the answers; one about a port is answered with the ports. */
export function QuestionOrPort({ question, form, review, errorOf, onChange, onLeave }: Props) {
  const t = useTranslations('deploy');
  if (question.type === 'port') {
    const key = portKey(question);
    return (
      <Field label={question.label} hint={question.help ?? t('portHint')} error={errorOf(`ports.${key}`)}>
        {(control) => (
          <PortInput
            control={control}
            name={question.name}
            label={question.label}
            port={question}
            ports={form.ports}
            review={review}
            onChange={(ports) => onChange({ ...form, ports })}
            onLeave={() => onLeave(`ports.${key}`)}
          />
        )}
      </Field>
    );
  }
  const { name } = question;
  return (
    <QuestionField
      question={question}
      answer={form.answers[name] ?? ''}
      error={errorOf(`answers.${name}`)}
      onAnswer={(answer) => onChange({ ...form, answers: { ...form.answers, [name]: answer } })}
      onLeave={() => onLeave(`answers.${name}`)}
    />
  );
}
