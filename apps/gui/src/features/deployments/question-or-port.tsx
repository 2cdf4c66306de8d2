import { useTranslations } from 'next-intl';
import type { DeployReview, PresetQuestion } from '@bailiwick/contract';
import { type DeployForm, portKey } from './deploy-form.rules.ts';
import { suggestedPort } from './port-field.tsx';
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
      <QuestionField
        question={question}
        answer={form.ports[key] ?? ''}
        error={errorOf(`ports.${key}`)}
        placeholder={suggestedPort(review, question.containerPort) ?? t('anyPort')}
        onAnswer={(answer) => onChange({ ...form, ports: { ...form.ports, [key]: String(answer) } })}
        onLeave={() => onLeave(`ports.${key}`)}
      />
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
