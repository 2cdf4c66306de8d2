import { describe, expect, it } from '@jest/globals';
import { ContainerName, DeployInput, type DeployReview, type Preset } from '@bailiwick/contract';
import { aPreset } from '../../../test/presets.ts';
import { aProject } from '../../../test/projects.ts';
import {
  checkForm,
  freeInstead,
  freeName,
  projectsFor,
  startForm,
  toDeployInput,
  unaskedPorts,
} from './deploy-form.rules.ts';
import { issuesOfRefusal, issuesOfReview } from './refused-fields.rules.ts';
import { restoreForm, withoutSecrets } from './kept-form.rules.ts';

const preset = aPreset();
const aForm = () => startForm(preset, []);
const anInput = () => toDeployInput(preset, aForm());

describe('the deploy form', () => {
  it('starts complete: nothing has to be typed', () => {
    expect(checkForm(preset, aForm())).toEqual({});
    expect(DeployInput.parse(anInput())).toEqual({
      preset: 'shop',
      name: 'shop',
      answers: { title: 'Tea', workers: 2, mode: 'fast', debug: false, cache: '64m' },
      ports: [],
      volumes: [],
      memoryBytes: 67_108_864,
      cpus: 0.5,
      options: {},
    });
  });

  it('goes on with kept data for the places of the preset, also from a draft, and with nothing that is no volume', () => {
    const volumes = [{ name: 'data', target: '/data' }];
    const withData: Preset = { ...preset, config: { ...preset.config, volumes } };
    const kept = { volumes: { data: 'vol_aaaaaaaaaaaaaaaa', logs: 'vol_bbbbbbbbbbbbbbbb', broken: 'nothing' } };
    const form = restoreForm(startForm(withData, []), kept, []);
    expect(toDeployInput(withData, form).volumes).toEqual([{ name: 'data', volumeId: 'vol_aaaaaaaaaaaaaaaa' }]);
  });

  it('begins with the workspace of the preset', () => {
    const withOne = { ...preset, config: { ...preset.config, workspace: '/app' } };
    expect(startForm(withOne, []).workspace).toBe('/app');
    expect(toDeployInput(withOne, startForm(withOne, []))).toMatchObject({ workspace: '/app' });
    expect(toDeployInput(withOne, { ...startForm(withOne, []), workspace: '' })).not.toHaveProperty('workspace');
    expect(startForm(preset, []).workspace).toBe('');
  });

  it('puts a workspace where it was typed, instead of what the preset has there', () => {
    const volumes = [{ name: 'data', target: '/data' }];
    const withData: Preset = { ...preset, config: { ...preset.config, volumes } };
    const form = {
      ...startForm(withData, []),
      workspace: ' /data ',
      volumes: { data: 'vol_aaaaaaaaaaaaaaaa' as const },
    };
    expect(toDeployInput(withData, form)).toMatchObject({ workspace: '/data', volumes: [] });
    expect(DeployInput.safeParse(toDeployInput(withData, form)).success).toBe(true);
    expect(checkForm(preset, { ...aForm(), workspace: '/app' })).toEqual({});
    for (const workspace of ['app', '/a/../b'])
      expect(checkForm(preset, { ...aForm(), workspace })).toEqual({ workspace: { code: 'path', params: {} } });
    expect(restoreForm(aForm(), { workspace: '/app' }, []).workspace).toBe('/app');
  });

  it('offers the free port the core found instead of one that is taken, and only for that one', () => {
    const port = { containerPort: 80, protocol: 'tcp' as const, label: 'Web', web: true };
    const params = { hostPort: 8080, protocol: 'tcp', suggested: 8082 };
    const checks: DeployReview['checks'] = [{ check: 'ports', outcome: 'blocked', code: 'port_conflict', params }];
    const review = { checks } as DeployReview;
    expect(freeInstead(review, port, ' 8080 ')).toBe(8082);
    expect(freeInstead(review, port, '8081')).toBeNull();
    expect(freeInstead(review, { ...port, protocol: 'udp' }, '8080')).toBeNull();
    expect(freeInstead({ checks: [] as DeployReview['checks'] } as DeployReview, port, '8080')).toBeNull();
    expect(freeInstead(undefined, port, '')).toBeNull();
  });

  it('proposes a name nobody has', () => {
    expect(freeName('shop', ['other'])).toBe('shop');
    expect(freeName('shop', ['shop', 'shop-2'])).toBe('shop-3');
  });

  it('names the field that is wrong and why', () => {
    const form = {
      ...aForm(),
      name: 'x y',
      answers: { ...aForm().answers, title: '!', workers: '9', mode: '', cache: '2g' },
      ports: { '80/tcp': '80', '8080/tcp': '' },
      memoryMib: '2',
      cpus: 'many',
    };
    expect(checkForm(preset, form)).toEqual({
      name: { code: 'name', params: {} },
      'answers.title': { code: 'pattern', params: {} },
      'answers.workers': { code: 'atMost', params: { most: 8 } },
      'answers.mode': { code: 'required', params: {} },
      'answers.cache': { code: 'sizeAtMost', params: { most: '1g' } },
      'ports.80/tcp': { code: 'port', params: { first: 1024, last: 65535 } },
      memoryMib: { code: 'atLeast', params: { least: 6 } },
      cpus: { code: 'number', params: {} },
    });
  });

  it('asks for a port in one place only', () => {
    expect(unaskedPorts(preset).map(({ label }) => label)).toEqual(['Web']);
    const form = { ...aForm(), ports: { '80/tcp': '', '8080/tcp': '9000' } };
    expect(toDeployInput(preset, form).ports).toEqual([{ containerPort: 8080, protocol: 'tcp', hostPort: 9000 }]);
  });

  it('refuses one host port for two container ports', () => {
    const issues = checkForm(preset, { ...aForm(), ports: { '80/tcp': '8080', '8080/tcp': '8080' } });
    expect(issues['ports.80/tcp']).toMatchObject({ code: 'portTwice' });
  });

  it.each(['ab', 'web-1', '-a', 'a b', '', 'ż', 'a'.repeat(63), 'a'.repeat(64), '.a', 'A_b.c'])(
    'agrees with the core about the name "%s"',
    (name) => {
      const accepted = checkForm(preset, { ...aForm(), name })['name'] === undefined;
      expect(accepted).toBe(ContainerName.safeParse(name).success);
    },
  );

  it('keeps everything but secrets', () => {
    const form = { ...aForm(), answers: { ...aForm().answers, password: 'hunter2hunter2' } };
    const kept = withoutSecrets(preset, form);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(kept.answers['title']).toBe('Tea');
  });

  it('restores what was kept and drops what the preset no longer asks', () => {
    const kept = {
      name: 'mine',
      answers: { title: 'Coffee', gone: 'x', debug: 'not a boolean' },
      ports: null,
      cpus: 3,
    };
    const form = restoreForm(aForm(), kept, []);
    expect(form).toMatchObject({ name: 'mine', cpus: '0.5', ports: aForm().ports });
    expect(form.answers).toEqual({ ...aForm().answers, title: 'Coffee' });
    expect(restoreForm(aForm(), 'nonsense', [])).toEqual(aForm());
  });
});

describe('the project of a deployment', () => {
  const shop = aProject({ rights: { can: ['projects.see', 'projects.link'], why: {} } });

  it('is one of the own tenant that somebody may bring containers into', () => {
    const others = [
      aProject({ rights: { can: ['projects.see'], why: {} } }),
      { ...shop, archivedAt: '2026-01-02T00:00:00.000Z' },
      { ...shop, tenant: { ...shop.tenant, id: 'ten_bbbbbbbbbbbbbbbb' as const } },
    ];
    expect(projectsFor([...others, shop], shop.tenant.id)).toEqual([shop]);
  });

  it('is sent where one is chosen, and nothing where none is', () => {
    expect(anInput()).not.toHaveProperty('project');
    expect(toDeployInput(preset, { ...aForm(), project: shop.id })).toMatchObject({ project: shop.id });
  });

  it('is kept with the draft, and forgotten where it is no longer to be had', () => {
    const kept = withoutSecrets(preset, { ...aForm(), project: shop.id });
    expect(restoreForm(aForm(), kept, [shop]).project).toBe(shop.id);
    expect(restoreForm(aForm(), kept, []).project).toBeNull();
  });
});

describe('one letter', () => {
  it('is no name: the engine wants two', () => {
    expect(checkForm(preset, { ...aForm(), name: 'a' })).toHaveProperty('name');
  });
});

describe('refusals of the core', () => {
  const withPort = () => toDeployInput(preset, { ...aForm(), ports: { '80/tcp': '', '8080/tcp': '9000' } });

  it('land on the field they are about', () => {
    expect(issuesOfRefusal(anInput(), { code: 'name_taken' })).toEqual({
      name: { code: 'nameTaken', params: { name: 'shop' } },
    });
    expect(issuesOfRefusal(withPort(), { code: 'port_conflict', params: { port: 9000 } })).toEqual({
      'ports.8080/tcp': { code: 'portTaken', params: { port: 9000 } },
    });
    const issues = [
      { path: 'ports.0.hostPort', code: 'too_small', message: 'low' },
      { path: 'answers.title', code: 'pattern', message: 'odd' },
      { path: 'memoryBytes', code: 'too_small', message: 'small' },
    ];
    const found = issuesOfRefusal(withPort(), { code: 'invalid_request', params: { issues } });
    expect(Object.keys(found).sort()).toEqual(['answers.title', 'memoryMib', 'ports.8080/tcp']);
  });

  it('stay with the page when no field is to blame', () => {
    expect(issuesOfRefusal(anInput(), { code: 'engine_unavailable' })).toEqual({});
  });

  it('come from a review as well', () => {
    const input = withPort();
    const review = {
      ...{ name: 'shop', image: 'shop:1', imagePresent: true, ports: [], volumes: [], envNames: [] },
      ...{
        protocol: 'generic' as const,
        installCommand: null,
        domainName: null,
        launchUrl: null,
        explorerRoot: null,
        consoleDirectory: null,
        written: null,
      },
      ...{ memoryBytes: 1, cpus: 1, options: {}, restart: 'no' as const, profile: 'compat' as const, disk: null },
      checks: [
        { check: 'ports' as const, outcome: 'blocked' as const, code: 'port_conflict', params: { port: 9000 } },
        { check: 'name' as const, outcome: 'ok' as const, code: 'name_taken', params: {} },
      ],
    };
    expect(Object.keys(issuesOfReview(input, review))).toEqual(['ports.8080/tcp']);
  });
});
