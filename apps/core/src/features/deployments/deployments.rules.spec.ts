import { describe, expect, it } from '@jest/globals';
import { DeployInput, Preset } from '@bailiwick/contract';
import { portTexts, readAnswers, wantedPorts } from './deployments.rules.js';

const preset = Preset.parse({
  name: 'game',
  title: 'Game',
  description: 'A game.',
  categories: ['game'],
  questions: [
    { type: 'size', name: 'heap', label: 'Heap', default: '2g', min: '512m', max: '8g' },
    { type: 'port', name: 'door', label: 'Door', containerPort: 25565 },
  ],
  config: { image: 'game:1', memoryBytes: 2 ** 30, cpus: 1, ports: [{ containerPort: 25565, label: 'Game' }] },
});
const codes = (answers: DeployInput['answers']) => readAnswers(preset, answers).issues.map(({ code }) => code);
const input = (more: object) => DeployInput.parse({ preset: 'game', name: 'game', ...more });
const door = { containerPort: 25565, protocol: 'tcp' as const, hostPort: 30_000 };

describe('a size', () => {
  it.each(['4g', '4GB', '4 GiB', '4096m', '4194304K', '4294967296'])('%s is told in bytes', (heap) => {
    expect(readAnswers(preset, { heap })).toEqual({ texts: { heap: String(4 * 1024 ** 3) }, issues: [] });
  });

  it('has its default, its bounds and its form', () => {
    expect(readAnswers(preset, {}).texts).toEqual({ heap: String(2 * 1024 ** 3) });
    expect(codes({ heap: '1m' })).toEqual(['too_small']);
    expect(codes({ heap: '9g' })).toEqual(['too_big']);
    for (const heap of ['much', '-1g', '4x', 4, '1e9g', '4g; reboot'])
      expect(codes({ heap })).toEqual(['invalid_size']);
  });
});

describe('a port that is answered', () => {
  it('is the host port of that port, once, however often it was said', () => {
    expect(wantedPorts(preset, input({ answers: { door: 30_000 } }))).toEqual([door]);
    expect(wantedPorts(preset, input({ answers: { door: 30_000 }, ports: [door] }))).toEqual([door]);
    const open = { containerPort: 25565, protocol: 'tcp' as const };
    expect(wantedPorts(preset, input({ answers: { door: 30_000 }, ports: [open] }))).toEqual([door]);
    expect(wantedPorts(preset, input({}))).toEqual([]);
  });

  it('said in two ways is asked for twice, which is refused later', () => {
    expect(wantedPorts(preset, input({ answers: { door: 30_001 }, ports: [door] }))).toHaveLength(2);
  });

  it('is refused below 1024 and as a text, and may be left to the panel', () => {
    for (const answer of [80, '30000', true]) expect(codes({ door: answer })).toEqual(['invalid_port']);
    expect(codes({})).toEqual([]);
  });

  it('is filled in as what it became', () => {
    expect(portTexts(preset, [{ ...door, hostPort: 49_200 }])).toEqual({ door: '49200' });
  });
});
