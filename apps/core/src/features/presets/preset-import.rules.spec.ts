import { describe, expect, it } from '@jest/globals';
import { readImport } from './preset-import.rules.js';

const nebula = {
  name: 'My Database',
  title: 'Database',
  description: 'Keeps things.',
  ui: {
    protocol_label: 'DB',
    website_wizard: { enabled: true, type: 'python-flask', label: 'Site', internal_port: 80 },
  },
  config: {
    image: 'db:1',
    ram: 1024,
    swap: 2048,
    shm: 64,
    disk: 10,
    cpu: 512,
    cpu_limit: 0.7,
    pids_limit: 128,
    ports: '8080:80, 53:53/udp',
    env: 'MODE=prod\nDB_PASSWORD=change_me',
    volumes: '/srv/site:/www\n',
    workspace_mount: '/data',
    project_protocol: 'python-flask',
    command: 'flask run',
    cpuset: '',
    restart: true,
  },
  permissions: { user: { allow_explorer: true, allow_console: false }, king: { allow_shell: true } },
  saved_by: 'root',
};

describe('a preset of the older panel', () => {
  it('becomes one of ours, with what was secret asked for and generated', () => {
    expect(readImport(nebula)).toMatchObject({
      format: 'nebula',
      preset: {
        name: 'my-database',
        title: 'Database',
        questions: [{ type: 'secret', name: 'secret1', label: 'DB_PASSWORD' }],
        website: { type: 'python-flask', label: 'Site', containerPort: 80, volume: 'data-2' },
        roles: {
          user: { allow_explorer: true, allow_console: false, allow_root_explorer: false, allow_edit_files: false },
        },
        config: {
          image: 'db:1',
          protocol: 'python-flask',
          command: ['sh', '-c', 'flask run'],
          env: { MODE: 'prod', DB_PASSWORD: '{{secret1}}' },
          ports: [
            { containerPort: 80, protocol: 'tcp', suggestedHostPort: 8080, web: true },
            { containerPort: 53, protocol: 'udp', web: false },
          ],
          volumes: [
            { name: 'www', target: '/www' },
            { name: 'data-2', target: '/data' },
          ],
          memoryBytes: 2 ** 30,
          memorySwapBytes: 2 ** 31,
          cpus: 0.7,
          cpuShares: 512,
          diskBytes: 10 * 2 ** 30,
          pids: 128,
          restart: 'always',
        },
      },
    });
    expect(JSON.stringify(readImport(nebula))).not.toContain('change_me');
  });

  it('says which of its fields mean nothing here, and which that said something', () => {
    expect(readImport(nebula)).toMatchObject({
      ignored: ['ui.protocol_label', 'permissions.king'],
    });
  });
});

describe('a template of the older manager', () => {
  const template = {
    name: 'VSCode Server',
    version: '1.0',
    docker_image: 'codercom/code-server:4.96.4',
    default_ports: { vscode: 8080 },
    cpu_limit: 1.5,
    memory_limit: 1024,
    environment_vars: { PASSWORD: 'hunter2' },
    volume_mounts: { workspace: '/home/coder/project' },
    health_check: {},
    created_at: '2020-01-01',
  };

  it('becomes one of ours', () => {
    expect(readImport(template)).toEqual({
      format: 'docker-manager',
      ignored: ['version'],
      preset: expect.objectContaining({
        name: 'vscode-server',
        title: 'VSCode Server',
        config: expect.objectContaining({
          image: 'codercom/code-server:4.96.4',
          env: { PASSWORD: '{{secret1}}' },
          ports: [expect.objectContaining({ containerPort: 8080, label: 'vscode', web: true })],
          volumes: [{ name: 'workspace', target: '/home/coder/project' }],
          memoryBytes: 2 ** 30,
          cpus: 1.5,
        }),
      }),
    });
  });

  it.each([
    ['a port that is none', { default_ports: { vscode: 70_000 } }, 'document.config.ports.0.containerPort'],
    [
      'a folder that is no absolute path',
      { volume_mounts: { workspace: 'project' } },
      'document.config.volumes.0.target',
    ],
    ['no image', { docker_image: 7 }, 'document.docker_image'],
    ['too little memory', { memory_limit: 1 }, 'document.config.memoryBytes'],
  ])('is refused with %s, and says where', (_, change, path) => {
    const read = readImport({ ...template, ...change });
    expect('issues' in read && read.issues.map((issue) => issue.path)).toContain(path);
  });
});

it('reads a preset of ours as it is, and refuses what is none', () => {
  const ours = {
    name: 'web',
    title: 'Web',
    description: 'Web.',
    categories: ['web'],
    config: { image: 'nginx:stable', memoryBytes: 64 * 1024 * 1024, cpus: 0.5 },
  };
  expect(readImport(ours)).toMatchObject({ format: 'bailiwick', ignored: [], preset: ours });
  expect(readImport({ ...ours, colour: 'red' })).toMatchObject({ issues: [{ path: 'document' }] });
});
