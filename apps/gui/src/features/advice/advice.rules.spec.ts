import { expect, it } from '@jest/globals';
import type { Advice } from '@bailiwick/contract';
import { mayPlan, planAddress } from './advice.rules.ts';

const MIB = 1024 * 1024;
const advice = (kind: Advice['kind'], proposed: number): Advice => ({ kind, proposed, limit: 1, usual: 1, most: 1, oomKills: 0 }); // prettier-ignore
const containerId = 'ct_aaaaaaaaaaaaaaaa' as const;

it('leads to the settings with what is proposed', () => {
  const items = [advice('memoryTooMuch', 64 * MIB), advice('cpusTooFew', 1.5)];
  expect(planAddress({ containerId, items })).toBe(`/containers/${containerId}/settings?memoryMib=64&cpus=1.5`);
});

it('leads there only who may change limits, of what can be changed here', () => {
  const about = {
    containerId,
    name: 'web',
    environmentId: 'env_aaaaaaaaaaaaaaaa',
    measuredMs: 1,
    at: '2026-01-01T00:00:00.000Z',
    items: [advice('cpusTooFew', 1)],
    changeable: true,
    rights: { can: ['containers.settingsResources'], why: {} },
  } as const;
  const plain = { ...about, items: [...about.items] };
  expect(mayPlan({ ...plain, rights: { can: ['containers.settingsResources'], why: {} } })).toBe(true);
  expect(mayPlan({ ...plain, rights: { can: [], why: {} } })).toBe(false);
  expect(mayPlan({ ...plain, changeable: false, rights: { can: ['containers.settingsResources'], why: {} } })).toBe(
    false,
  );
});
