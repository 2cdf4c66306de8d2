import { describe, expect, it } from '@jest/globals';
import type { ReviewCheck } from '@bailiwick/contract';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { messages } from '../../lib/messages.ts';
import { useCheckWords } from './check-words.ts';

function Words({ check }: { check: ReviewCheck }) {
  return useCheckWords()(check);
}

const said = (params: ReviewCheck['params']): string =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <Words check={{ check: 'access', outcome: 'blocked', code: 'access_refused', params }} />
    </NextIntlClientProvider>,
  );

describe('a refusal to share', () => {
  it('names what is missing as people know it', () => {
    const text = said({ missing: ['containers.useGpu', 'containers.bindHost'] });
    expect(text).not.toMatch(/containers\./);
    expect(text).toMatch(/^You would hand on more than you hold: \S.* and \S.*\.$/);
  });

  it('says it without names where somebody is not there any more', () => {
    expect(said({})).toBe('Somebody it is shared with, or a role, is not there any more. Choose again.');
  });
});
