import { describe, expect, it } from '@jest/globals';
import { countOutcomes, firstIssue, issueKey } from './import.rules.ts';

describe('an import', () => {
  it('has a sentence for everything that can be wrong with a line', () => {
    const key = (path: string, code: string) => issueKey({ path, code, message: '' });
    expect(key('email', 'invalid_format')).toBe('email');
    expect(key('username', 'twice')).toBe('twice');
    expect(key('', 'too_many_columns')).toBe('columns');
    expect(key('', 'name_taken')).toBe('taken');
    expect(key('', 'something_new')).toBe('other');
  });

  it('is counted by outcome', () => {
    const row = { line: 2, username: 'a', issues: [] };
    const rows = [
      { ...row, outcome: 'create' as const },
      { ...row, outcome: 'create' as const },
      { ...row, outcome: 'exists' as const },
    ];
    expect(countOutcomes({ created: 0, rows })).toEqual({ create: 2, exists: 1, invalid: 0 });
  });

  it('says what is wrong with the whole table', () => {
    const error = { code: 'invalid_request' as const, message: '', requestId: 'req' };
    const issues = [{ path: 'tenant' }, { path: 'csv', code: 'invalid_csv', message: 'There is no column age.' }];
    expect(firstIssue({ ...error, params: { issues } }, 'csv')).toMatchObject({ message: 'There is no column age.' });
    expect(firstIssue(error, 'csv')).toBeNull();
  });
});
