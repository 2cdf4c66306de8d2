import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { GonePerson } from '../../../../features/people/gone-person.tsx';
import { PersonFrame } from '../../../../features/people/person-frame.tsx';
import { readPerson } from '../../../../features/people/read-person.ts';
import { Failure } from '../../../../features/shell/failure.tsx';

interface Props {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const person = await readPerson((await params).id);
  return person.ok ? { title: person.value.item.displayName } : {};
}

export default async function PersonLayout({ params, children }: Props) {
  const { id } = await params;
  const person = await readPerson(id);
  if (person.ok) return <PersonFrame user={person.value.item}>{children}</PersonFrame>;
  const { code } = person.error;
  return code === 'not_found' || code === 'invalid_request' ? <GonePerson /> : <Failure error={person.error} />;
}
