import { expect, it } from '@jest/globals';
import { DeployInput, MIB, Preset } from '@bailiwick/contract';
import { startForm } from './deploy-form.rules.ts';
import { fromDuplicate } from './duplicate-source.rules.ts';

const preset = Preset.parse({
  name: 'tea',
  title: 'Tea',
  description: 'Tea',
  categories: ['web'],
  questions: [
    { type: 'text', name: 'greeting', label: 'Greeting', default: 'Hi' },
    { type: 'number', name: 'cups', label: 'Cups', default: 1 },
  ],
  config: { image: 'tea:1', ports: [{ containerPort: 80, label: 'Web' }], memoryBytes: 32 * MIB, cpus: 0.5 },
});
const envOf = { container: 'ct_aaaaaaaaaaaaaaaa', names: ['KEY'] };

it('of a preset is asked as that, filled in as it was answered, and takes its variables along', () => {
  const input = DeployInput.parse({
    preset: 'tea',
    name: 'tea',
    answers: { greeting: 'Hello', cups: 3 },
    memoryBytes: 64 * MIB,
    options: { cpuQuota: { quotaUs: 50_000, periodUs: 100_000 }, user: '1000', pids: 77 },
    envOf,
  });
  const { fill, toInput } = fromDuplicate(input, preset, ['tea', 'tea-2']);
  const sent = toInput(fill(startForm(preset, [])));
  expect(sent).toMatchObject({
    preset: 'tea',
    name: 'tea-3',
    answers: { greeting: 'Hello', cups: 3 },
    ports: [],
    memoryBytes: 64 * MIB,
    options: { cpuQuota: { quotaUs: 50_000, periodUs: 100_000 }, user: '1000', pids: 77 },
    envOf,
  });
  expect(sent).not.toHaveProperty('cpus');
});

it('of an image is sent with all it was made of, at ports of its own', () => {
  const input = DeployInput.parse({
    image: 'tea:1',
    name: 'tea',
    ports: [{ containerPort: 80 }],
    volumes: [{ name: 'data', target: '/data' }],
    memoryBytes: 64 * MIB,
    cpus: 0.5,
    profile: 'strict',
    options: { command: ['serve', ''], stdinOpen: true },
    envOf,
  });
  const { preset: asked, fill, toInput } = fromDuplicate(input, null, ['tea']);
  const sent = toInput(fill(startForm(asked, [])));
  expect(sent).toMatchObject({ ...input, name: 'tea-2', ports: [{ containerPort: 80, protocol: 'tcp' }] });
  expect(sent.ports[0]).not.toHaveProperty('hostPort');
});
