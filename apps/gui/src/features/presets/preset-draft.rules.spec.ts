import { expect, it } from '@jest/globals';
import { Preset } from '@bailiwick/contract';
import { EMPTY_PRESET, NEW_HEALTH, withOptional } from './preset-draft.rules.ts';

it('says what may be left out only where somebody said it', () => {
  const { config } = EMPTY_PRESET;
  const said = withOptional(config, { cpuShares: 512, diskBytes: 2 ** 30 });
  expect(said).toEqual({ ...config, cpuShares: 512, diskBytes: 2 ** 30 });
  expect(withOptional(said, { cpuShares: undefined })).toEqual({ ...config, diskBytes: 2 ** 30 });
  const checked = withOptional(config, { health: { ...NEW_HEALTH, command: ['true'] } });
  expect(Preset.shape.config.shape.health.parse(checked.health)).toEqual({ ...NEW_HEALTH, command: ['true'] });
  expect(withOptional(checked, { health: undefined })).toEqual(config);
});
