import { describe, expect, it } from '@jest/globals';
import { commandsOf, offersConsole, rootsOf, workloadOf } from './workloads.rules.js';

describe('the kind of an image', () => {
  it.each([
    ['itzg/minecraft-server:java21', 'minecraft'],
    ['registry.example:5000/games/papermc@sha256:0000', 'minecraft'],
    ['mysql:8', 'database'],
    ['postgres:16', 'database'],
    ['bitnami/postgresql', 'database'],
    ['cm2network/steamcmd', 'steam'],
    ['python:3.12-slim', 'python'],
    ['tiangolo/uvicorn-gunicorn-fastapi:python3.11', 'python'],
    ['nginx:stable', 'web'],
    ['caddy:2-alpine', 'web'],
    ['node:20-alpine', 'web'],
    ['redis:7-alpine', 'generic'],
    ['busybox:local', 'generic'],
    ['', 'generic'],
  ])('of %s is %s', (image, workload) => expect(workloadOf(image)).toBe(workload));

  it('is told by whole words of the repository: not by the registry, the tag, or a part of a word', () => {
    for (const image of [
      'minecraft.example/app',
      'localhost/app',
      'app:minecraft',
      'app@sha256:minecraft',
      'nodered/x',
    ])
      expect(workloadOf(image)).toBe('generic');
  });

  it('offers a console to games of blocks only, and commands neither to them nor to databases', () => {
    expect(offersConsole('minecraft')).toBe(true);
    for (const workload of ['web', 'python', 'database', 'steam', 'generic'] as const)
      expect(offersConsole(workload)).toBe(false);
    expect([commandsOf('minecraft'), commandsOf('database')]).toEqual([[], []]);
    expect(commandsOf('web')).toContain('nginx');
    expect(commandsOf('generic')).not.toContain('nginx');
    expect(commandsOf('python')).toContain('pytest');
    for (const workload of ['web', 'python', 'steam', 'generic'] as const)
      for (const shell of ['sh', 'bash', 'ash', 'busybox', 'sudo', 'su', 'xargs'])
        expect(commandsOf(workload)).not.toContain(shell);
  });

  it('shares fixed folders, and for a kind nobody knows the one its program works in, never everything', () => {
    expect(rootsOf('web', '/etc')).toEqual(['/app', '/srv', '/data']);
    expect(rootsOf('generic', '/opt/tool')).toEqual(['/opt/tool']);
    for (const workingDir of ['', '/', '//', 'relative', '/a/'])
      expect(rootsOf('generic', workingDir)).toEqual(['/data']);
  });
});
