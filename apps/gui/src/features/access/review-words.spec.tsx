import { describe, expect, it } from '@jest/globals';
import type { Falling } from '@bailiwick/contract';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { aGrant, anException } from '../../../test/access.ts';
import { ApiError } from '../../lib/api.ts';
import { messages } from '../../lib/messages.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { BlockedChanges } from './blocked-changes.tsx';
import { PreviewWords } from './preview-words.tsx';

const textOf = (node: ReactNode): string =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      {node}
    </NextIntlClientProvider>,
  ).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ').trim(); // prettier-ignore

const refused = (params: Record<string, unknown>) =>
  new ApiError({ code: 'forbidden', message: 'No.', requestId: 'one', params: { missing: ['containers.stop'], ...params } }, 403); // prettier-ignore

describe('why a change of access is refused', () => {
  const why = (params: Record<string, unknown>) =>
    textOf(<BlockedChanges error={refused(params)} onConflict={() => undefined} />);

  it('names who would come to more by it, and on what', () => {
    expect(why({ person: 'Tania', thing: 'web', path: 'changes' })).toContain(
      'By this, Tania could do on web what you do not hold there yourself, or only for a while: Stop.',
    );
  });

  it('names nothing its reader does not see', () => {
    expect(why({ person: 'Tania', thing: null, path: 'changes' })).toContain('on something you do not see what');
  });

  it('says whose grant it would become, whom nobody may lock out, and what is not held', () => {
    expect(why({ alone: true, path: 'changes' })).toContain('answers for all of it');
    expect(why({ path: 'changes.0' })).toContain('You do not hold Stop here.');
    expect(why({ missing: ['containers.manageAccess'] })).toContain('cannot be locked out');
  });
});

describe('the same refusal anywhere else', () => {
  const notice = (params: Record<string, unknown>) => textOf(<ErrorNotice error={refused(params)} />);

  it('names who would come to more, on what, and what to do', () => {
    expect(notice({ person: 'Tania', thing: 'web' })).toBe(
      'By this, Tania could do more than you hold yourself. It is about web: Stop. Ask the owner of the panel to do it, or to give you that right.',
    );
    expect(notice({ person: 'Tania', thing: null })).toContain('It is about something you do not see: Stop.');
  });

  it('asks for the right where nobody else is concerned', () => {
    expect(notice({})).toBe('You may not do this. Ask the owner of the panel for the right “Stop”.');
  });
});

describe('what falls with a change', () => {
  const grant = aGrant({ role: 'operator', deny: ['containers.kill'] });
  const fallen = (...falling: Falling[]) =>
    textOf(<PreviewWords preview={{ differences: [], falling, cuts: 0, warnings: [] }} />);

  it('is a grant, one thing that was lent, or what a role means', () => {
    expect(fallen({ kind: 'grant', grant })).toContain('Tania: Operator, minus Kill on container web');
    expect(fallen({ kind: 'loan', grant, capability: 'containers.stop' })).toContain('Tania: Stop on container web');
    const exception = anException({ role: 'observer', allow: ['containers.stop'] });
    expect(fallen({ kind: 'exception', exception, targetName: 'web' })).toContain('Observer on container web: Stop');
  });
});
