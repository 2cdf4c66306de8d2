import { describe, expect, it } from '@jest/globals';
import { type DeployInput, Preset } from '@bailiwick/contract';
import { aPreset } from '../../../test/presets.ts';
import { startForm, toDeployInput } from './deploy-form.rules.ts';
import { NO_IMAGE, toImageInput, toPreset } from './image-source.rules.ts';
import { toSavedPreset } from './saved-preset.rules.ts';

const preset = aPreset();
const anInput = (more: Partial<DeployInput> = {}): DeployInput => ({
  ...toDeployInput(preset, startForm(preset, [])),
  name: 'Shop.of_Grace',
  ...more,
});

describe('a deployment saved as a preset', () => {
  it('begins with what was answered and chosen, and passes the contract', () => {
    const input = anInput({
      answers: { title: 'Coffee', workers: 4, mode: 'safe', debug: true, cache: '1g', password: 'told-in-confidence' },
      ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8088 }],
      memoryBytes: 128 * 2 ** 20,
      diskBytes: 2 ** 30,
      explorerRoot: '/srv',
      options: {
        command: ['serve', '{{title}}'],
        pids: 99,
        restart: { name: 'on-failure', maximumRetryCount: 3 },
        health: { command: ['true'], intervalMs: 1000, timeoutMs: 1000, retries: 2, startPeriodMs: 0 },
      },
    });
    const saved = toSavedPreset(preset, input);
    expect(Preset.parse(saved.preset)).toEqual(saved.preset);
    expect(saved.preset).toMatchObject({
      name: 'shop-of-grace',
      title: 'Shop.of_Grace',
      selfService: false,
      config: {
        image: 'shop:1',
        command: ['serve', '{ {title}}'],
        memoryBytes: 134_217_728,
        diskBytes: 2 ** 30,
        explorerRoot: '/srv',
        pids: 99,
        restart: 'on-failure',
        health: { command: ['true'], retries: 2 },
        ports: [{ containerPort: 80, suggestedHostPort: 8088, web: true }, { containerPort: 8080 }],
      },
    });
    const defaults = Object.fromEntries(saved.preset.questions.map((each) => [each.name, 'default' in each ? each.default : null])); // prettier-ignore
    expect(defaults).toMatchObject({ title: 'Coffee', workers: 4, mode: 'safe', debug: true, cache: '1g', password: null }); // prettier-ignore
    expect(JSON.stringify(saved)).not.toContain('told-in-confidence');
    expect(saved.leftOut).toEqual(['retries']);
  });

  it('asks for each variable, generates what is a secret, and knows no value of either', () => {
    const env = { DB_PASSWORD: 'told-in-confidence', LOG_LEVEL: 'loud', TITLE: 'x', _2: 'y' };
    const saved = toSavedPreset(preset, anInput({ options: { env } }));
    expect(Preset.parse(saved.preset)).toEqual(saved.preset);
    expect(saved.preset.questions.slice(preset.questions.length)).toEqual([
      { name: 'dbPassword', label: 'DB_PASSWORD', type: 'secret', required: false, length: 24 },
      { name: 'logLevel', label: 'LOG_LEVEL', type: 'text', required: true, maxLength: 4096 },
      { name: 'title2', label: 'TITLE', type: 'text', required: true, maxLength: 4096 },
      { name: 'of2', label: '_2', type: 'text', required: true, maxLength: 4096 },
    ]);
    expect(saved.preset.config.env).toMatchObject({ DB_PASSWORD: '{{dbPassword}}', LOG_LEVEL: '{{logLevel}}' });
    for (const value of Object.values(env).slice(0, 2)) expect(JSON.stringify(saved)).not.toContain(value);
  });

  it('of an image brings its ports, volumes and installation, and says what no preset can say', () => {
    const source = {
      form: { ...NO_IMAGE, image: 'busybox:local', ports: '80', volumes: 'data:/data', installCommand: 'true' },
      kept: {},
    };
    const asked = toPreset(source);
    const input: DeployInput = {
      ...toImageInput(source, asked, { ...startForm(asked, []), name: 'mine', workspace: '/work' }),
      gpus: 1,
      options: { entrypoint: ['sh'], user: '1000', labels: { team: 'tea' } },
    };
    const saved = toSavedPreset(asked, input);
    expect(Preset.parse(saved.preset)).toEqual(saved.preset);
    expect(saved.preset).toMatchObject({
      name: 'mine',
      config: {
        image: 'busybox:local',
        user: '1000',
        volumes: [{ name: 'data', target: '/data' }],
        installCommand: ['true'],
      },
    });
    expect(saved.preset.config.workspace).toBe('/work');
    const inside = toSavedPreset(asked, {
      ...input,
      workspace: '/data',
      explorerRoot: '/data/shown',
      consoleDirectory: '/',
    });
    expect(inside.preset.config).toMatchObject({ volumes: [], explorerRoot: '/data/shown', consoleDirectory: '/' });
    const site = { type: 'static-web', label: 'Site', containerPort: 80, volume: 'data', preferred: false } as const;
    expect(toSavedPreset({ ...asked, website: site }, input).preset.website).toEqual(site);
    expect(toSavedPreset({ ...asked, website: site }, { ...input, workspace: '/data' }).preset).not.toHaveProperty(
      'website',
    );
    expect(saved.leftOut).toEqual(['entrypoint', 'tags', 'gpus']);
  });
});
