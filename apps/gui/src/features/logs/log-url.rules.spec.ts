import { describe, expect, it } from '@jest/globals';
import { atMoment, justAfter, linkTo, readFilter, readLinkedLine, writeFilter } from './log-url.rules.ts';
import { type LogFilter, NO_FILTER } from './log-view.ts';

describe('the address of a log', () => {
  it.each<LogFilter>([
    NO_FILTER,
    {
      query: 'a b&c=d#',
      regex: true,
      onlyMatches: true,
      levels: ['error', 'warn'],
      stream: 'stderr',
      invert: true,
      since: '1h',
      span: { from: '2026-11-21T10:00:00.000Z', to: '2026-11-21T10:00:01.999Z' },
      context: 10,
    },
    { ...NO_FILTER, query: 'żółć' },
  ])('keeps the filter %j', (filter) => {
    const written = writeFilter(new URLSearchParams(), filter);
    expect(readFilter(new URLSearchParams(written.toString()))).toEqual(filter);
  });

  it('writes nothing for what is not set, and leaves the rest alone', () => {
    expect(writeFilter(new URLSearchParams('at=1&q=old'), NO_FILTER).toString()).toBe('at=1');
  });

  it('ignores what is no filter of ours', () => {
    expect(readFilter(new URLSearchParams('level=loud,error&stream=both&re=yes&context=5'))).toEqual({
      ...NO_FILTER,
      levels: ['error'],
    });
  });

  it.each([
    'from=2026-11-21T10:00:00.000Z',
    'from=2026-11-21T10:00:01Z&to=2026-11-21T10:00:00Z',
    'from=a&to=b',
    'from=2026-99-21T10:00:00Z&to=2026-99-21T10:00:00Z',
  ])('takes %j for no span of time', (query) => {
    expect(readFilter(new URLSearchParams(query))).toEqual(NO_FILTER);
  });

  it('points to a line', () => {
    const line = { at: '2026-11-21T10:00:00.123456789Z', cursor: 'abc.1763719200123456789.0.1f' };
    const url = new URL(linkTo('/containers/ct_a/logs', line), 'http://panel');
    expect(readLinkedLine(url.searchParams)).toEqual(line);
    expect(justAfter(line.at)).toBe('2026-11-21T10:00:00.124Z');
  });

  it('points to a line among those of several logs', () => {
    const line = { at: '2026-11-21T10:00:00.123456789Z', cursor: 'abc.1.0.1f' };
    const params = new URL(linkTo('/logs', line, new URLSearchParams('containers=ct_a,ct_b&q=x')), 'http://panel').searchParams; // prettier-ignore
    expect(readLinkedLine(params)).toEqual(line);
    expect([params.get('containers'), params.get('q')]).toEqual(['ct_a,ct_b', null]);
  });

  it('points to a moment, and keeps what is searched for', () => {
    const next = atMoment(new URLSearchParams('q=a&line=old&at=older'), new Date('2026-11-21T10:00:00Z'));
    expect(next.toString()).toBe('q=a&at=2026-11-21T10%3A00%3A00.000Z');
    expect(readLinkedLine(next)).toEqual({ at: '2026-11-21T10:00:00.000Z', cursor: null });
  });

  it.each(['', 'at=yesterday&line=a', 'line=abc', 'at=2026-11-21T10:00:00Z&line=%3Cscript%3E'])(
    'points nowhere with %j',
    (query) => {
      expect(readLinkedLine(new URLSearchParams(query))).toBeNull();
    },
  );
});
