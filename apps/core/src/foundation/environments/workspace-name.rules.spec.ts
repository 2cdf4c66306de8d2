import { describe, expect, it } from '@jest/globals';
import { isWorkspace, workspaceName } from './workspace-name.rules.js';

const ID = 'ct_aaaaaaaaaaaaaaaa';

describe('the name of a managed workspace', () => {
  it('is its place under the workspaces’ folder', () => {
    expect(workspaceName('default', ID)).toBe(`default/${ID}`);
    expect(isWorkspace(`default/${ID}`)).toBe(true);
  });

  it.each([
    'bw_default_aaaaaaaaaa_data',
    `../${ID}`,
    `default/../${ID}`,
    `/default/${ID}`,
    `default/${ID}/`,
    `default/${ID}/..`,
    `default/${ID}\n`,
    `default//${ID}`,
    `default\\${ID}`,
    `Default/${ID}`,
    `default/${ID}\0`,
    'default/ct_',
    'default',
    '',
  ])('is not %j', (name) => {
    expect(isWorkspace(name)).toBe(false);
  });
});
