import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.ts';

describe('the settings', () => {
  it('are safe when nothing is set: this machine only', () => {
    expect(readConfig({})).toMatchObject({
      mode: 'production',
      host: '127.0.0.1',
      port: 5000,
      coreUrl: 'http://127.0.0.1:8000',
      allowedHosts: [],
    });
  });

  it.each([
    [{ BAILIWICK_GUI_PORT: '70000' }, 'BAILIWICK_GUI_PORT'],
    [{ BAILIWICK_CORE_URL: 'ftp://core' }, 'BAILIWICK_CORE_URL'],
    [{ BAILIWICK_PUBLIC_URL: 'panel' }, 'BAILIWICK_PUBLIC_URL'],
    [{ BAILIWICK_ENV: 'staging' }, 'BAILIWICK_ENV'],
  ])('refuse %j by name', (environment, name) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(name);
  });

  it('take lists with spaces', () => {
    expect(readConfig({ BAILIWICK_ALLOWED_HOSTS: 'a.example, b.example ,' }).allowedHosts).toEqual([
      'a.example',
      'b.example',
    ]);
  });
});
