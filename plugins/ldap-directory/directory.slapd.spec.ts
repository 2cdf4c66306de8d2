import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '@bailiwick/plugin';
import { Directory, settingsOf } from './directory.js';

const SETTINGS = JSON.parse(process.env['LDAP_SETTINGS'] ?? '{}') as Record<string, string>;
const read = async (more: object = {}) => {
  const directory = new Directory(settingsOf({ ...SETTINGS, ...more }));
  const people = [];
  for await (const user of directory.people()) people.push(user);
  return { people, leftOut: directory.leftOut };
};

describe('a directory', () => {
  it('gives its people with their groups, more than fit in one page of an answer', async () => {
    const { people, leftOut } = await read();
    expect(people).toHaveLength(602);
    expect(leftOut).toBe(1);
    expect(people[0]).toEqual({ username: 'ada', tenant: 'default', displayName: 'Ada Lovelace', email: 'ada@example.org', roleTag: 'developer' }); // prettier-ignore
    expect(people[1]).toEqual({ username: 'grace', tenant: 'default', displayName: 'Grace Hopper' });
  });

  it('gives those its filter lets through', async () => {
    const { people } = await read({ filter: '(&(objectClass=person)(mail=*))', role_tags: {} });
    expect(people.map(({ username }) => username)).toEqual(['ada']);
    expect(people[0]).not.toHaveProperty('roleTag');
  });

  it('is left before its end', async () => {
    for await (const { username } of new Directory(settingsOf(SETTINGS)).people()) {
      expect(username).toBe('ada');
      break;
    }
  });

  it('says why it does not let us in', async () => {
    await expect(read({ password: 'wrong' })).rejects.toThrow(Unavailable);
    await expect(read({ url: 'ldap://127.0.0.1:9' })).rejects.toThrow('ECONNREFUSED');
    await expect(read({ base_dn: 'ou=none,dc=example,dc=org' })).rejects.toThrow(Unavailable);
  });

  it('is not asked at an address that is none', () => {
    expect(() => settingsOf({ url: 'http://127.0.0.1' })).toThrow('ldap://');
  });
});
