import { describe, expect, it } from '@jest/globals';
import { auditHref, countFilters, readAuditView, toFilter } from './audit-view.rules.ts';

const NOW = Date.parse('2026-05-10T12:00:00.000Z');
const read = (query: string) => readAuditView(Object.fromEntries(new URLSearchParams(query)));

describe('the address of the audit log', () => {
  it('is read and written the same', () => {
    const query =
      'q=shop&stream=deeds&noun=people&outcome=refused&via=token&range=day&address=192.0.2.1&actor=usr_aaaaaaaaaaaaaaaa';
    expect(auditHref(read(query))).toBe(`/audit?${query}`);
    expect(countFilters(read(query))).toBe(8);
    expect(auditHref({})).toBe('/audit');
  });

  it('forgets what nobody can ask for', () => {
    expect(read('q=%20&outcome=maybe&via=door&range=ever&from=soon&tenant=x&actor=ada&action=everything&color=red')).toEqual({}); // prettier-ignore
    expect(readAuditView({ q: ['a', 'b'] })).toEqual({});
  });

  it.each([
    ['noun=people', { action: 'people.' }],
    ['noun=people&action=people.update', { action: 'people.update' }],
    ['range=hour', { since: '2026-05-10T11:00:00.000Z' }],
    ['from=2026-05-01&to=2026-05-02', { since: '2026-05-01T00:00:00.000Z', until: '2026-05-03T00:00:00.000Z' }],
    ['range=hour&from=2026-05-01', { since: '2026-05-01T00:00:00.000Z' }],
    ['q=a&outcome=done', { q: 'a', outcome: 'done' }],
  ])('%s asks the core for %j', (query, filter) => {
    expect(toFilter(read(query), NOW)).toEqual(filter);
  });
});
