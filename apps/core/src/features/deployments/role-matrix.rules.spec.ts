import { describe, expect, it } from '@jest/globals';
import { BUILT_IN_ROLES, FLAG_DEFAULTS, FLAGS, type PresetRole, PresetRoleTag } from '@bailiwick/contract';
import { differencesIn } from './role-matrix.rules.js';

const saying = (letters: string): PresetRole =>
  PresetRoleOf(Object.keys(FLAGS).map((flag, position) => [flag, letters[position] === 'T']));
const PresetRoleOf = (entries: Array<[string, boolean]>) => Object.fromEntries(entries) as PresetRole;
/** What somebody with that role holds there in the end. */
const heldBy = (role: PresetRoleTag, letters: string): ReadonlySet<string> => {
  const [difference] = differencesIn({ [role]: saying(letters) });
  const { allow = [], deny = [] } = difference ?? {};
  const usual = BUILT_IN_ROLES[role] ?? [];
  return new Set([...usual, ...allow].filter((capability) => !deny.includes(capability)));
};

describe('the roles of a preset', () => {
  it.each(PresetRoleTag.options)('leave %s alone where they say what it means everywhere', (role) => {
    const usual = (FLAG_DEFAULTS[role] ?? []).map((on) => (on ? 'T' : 'F')).join('');
    expect(differencesIn({ [role]: saying(usual) })).toEqual([]);
    expect(differencesIn({})).toEqual([]);
  });

  it.each(PresetRoleTag.options)(
    'give %s what each switch stands for when it is on, and none of it when it is off',
    (role) => {
      Object.values(FLAGS).forEach((capabilities, position) => {
        const only = [...'FFFFFFFF'].map((letter, at) => (at === position ? 'T' : letter)).join('');
        const all = [...'TTTTTTTT'].map((letter, at) => (at === position ? 'F' : letter)).join('');
        for (const capability of capabilities) {
          expect(heldBy(role, only)).toContain(capability);
          expect(heldBy(role, all)).not.toContain(capability);
        }
      });
    },
  );

  it('takes a whole shell along with the switch for commands, and power with the one for settings', () => {
    const held = heldBy('admin', 'TTTFFTTT');
    for (const gone of ['containers.run', 'containers.shell', 'containers.stop', 'containers.kill', 'containers.pause'])
      expect(held).not.toContain(gone);
    expect(held).toContain('containers.see');
    expect(held).toContain('containers.manageAccess');
  });

  it('says of a moderator of a game exactly what was written', () => {
    expect(differencesIn({ moderator: saying('TFTFTFFT') })).toEqual([
      {
        role: 'moderator',
        allow: [],
        deny: ['containers.run', 'containers.settingsStartup', 'containers.settingsRestart'],
      },
    ]);
  });
});
