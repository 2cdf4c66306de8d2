import { describe, expect, it } from '@jest/globals';
import type { Preset, ReviewCheck } from '@bailiwick/contract';
import { aPreset } from '../../../test/presets.ts';
import { checksBeside, isAtDoor, isInForm } from './checks-beside.rules.ts';
import { startForm, toDeployInput } from './deploy-form.rules.ts';
import { issuesOfRefusal } from './refused-fields.rules.ts';

const preset = aPreset();
const form = startForm(preset, []);
const input = toDeployInput(preset, { ...form, ports: { ...form.ports, '8080/tcp': '9000' } });
const check = (code: string, outcome: ReviewCheck['outcome'], params: ReviewCheck['params'] = {}): ReviewCheck => ({
  check: 'ports',
  outcome,
  code,
  params,
});
const CHECKS = [
  check('ports_free', 'ok'),
  check('name_taken', 'blocked'),
  check('port_conflict', 'blocked', { hostPort: 9000 }),
  check('secrets_weak', 'warning', { names: ['Password'] }),
  check('runs_as_root', 'warning'),
  check('engine_unavailable', 'blocked'),
];
const codes = (checks: readonly ReviewCheck[]) => checks.map(({ code }) => code);

describe('the checks beside the form', () => {
  it('leave out what a field says itself and what waits for the review, and nothing else that is not fine', () => {
    expect(codes(checksBeside(input, { checks: CHECKS }, isInForm))).toEqual(['secrets_weak', 'engine_unavailable']);
    expect(codes(checksBeside(null, { checks: CHECKS }, isInForm))).toHaveLength(4);
  });

  it('say it where the field is not shown', () => {
    const site: Preset = {
      ...preset,
      website: { type: 'static-web', label: 'Static', containerPort: 80, volume: 'pages', preferred: false },
    };
    const beside = checksBeside(input, { checks: CHECKS }, isAtDoor(site));
    expect(codes(beside)).toEqual(['port_conflict', 'secrets_weak', 'engine_unavailable']);
  });

  it('are about the field of the form, also where the core counts', () => {
    const issues = [
      { path: 'access.0.principal', code: 'unknown', message: 'Gone.' },
      { path: 'volumes.0.volumeId', code: 'unknown', message: 'Gone.' },
    ];
    const withVolume = { ...input, volumes: [{ name: 'data' }] };
    const found = issuesOfRefusal(withVolume, { code: 'access_refused', params: { issues } });
    expect(Object.keys(found)).toEqual(['access', 'volumes.data']);
  });
});
