'use client';

import { CircleHelp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AccessTabs } from '../access/access-tabs.tsx';
import { Explain } from '../access/explain.tsx';
import { useMe } from '../identity/me.tsx';
import { type Asked, type Option, writeAsked } from './question.rules.ts';
import { type OfferedRight, QuestionForm } from './question-form.tsx';
import { WhoCan } from './who-can.tsx';

interface Props {
  asked: Asked;
  things: readonly Option[];
  /** Everybody, where the reader sees people; else those of the chosen thing are looked for. */
  people: readonly Option[];
  offered: readonly OfferedRight[];
}

/** Why somebody may do something somewhere, and who else may. */
export function ExplainPage({ asked, things, people, offered }: Props) {
  const t = useTranslations('explain');
  const router = useRouter();
  const { user } = useMe();
  const { who, what, can } = asked;
  const thing = things.find(({ id }) => id === what)?.name ?? what;
  return (
    <div className="max-w-4xl">
      <AccessTabs current="explain" />
      <PageHeader title={t('title')} description={t('text')} />
      <QuestionForm
        asked={asked}
        things={things}
        people={people}
        offered={offered}
        onAsk={(next) => router.push(writeAsked(next, user.id), { scroll: false })}
      />
      {what === '' || can === null ? (
        <EmptyState icon={CircleHelp} title={t(things.length === 0 ? 'nothing' : 'ask')} />
      ) : (
        <>
          <Card aria-label={t('answer')} className="mb-4">
            <Explain key={`${who} ${what} ${can}`} principal={who} resource={what} capability={can} />
          </Card>
          <WhoCan key={`${what} ${can}`} resource={what} name={thing} capability={can} />
        </>
      )}
    </div>
  );
}
