import { describe, expect, it } from '@jest/globals';
import { portAddress, shownPorts } from './ports.rules.ts';

const port = { ip: '0.0.0.0', hostPort: 49200, containerPort: 80, protocol: 'tcp' as const };

describe('published ports', () => {
  it('are shown once however many addresses they are bound to, in their order', () => {
    const shown = shownPorts([{ ...port, hostPort: 50000 }, port, { ...port, ip: '::' }]);
    expect(shown.map(({ hostPort }) => hostPort)).toEqual([49200, 50000]);
  });

  it('lead to the host the person reached the panel by, where they are bound everywhere', () => {
    expect(portAddress(port, 'panel.example')).toBe('http://panel.example:49200');
    expect(portAddress({ ...port, ip: '127.0.0.1', containerPort: 443 }, 'x')).toBe('https://127.0.0.1:49200');
    expect(portAddress({ ...port, ip: '::1' }, 'x')).toBe('http://[::1]:49200');
  });

  it('lead nowhere where no browser could speak', () => {
    expect(portAddress({ ...port, protocol: 'udp' }, 'x')).toBeNull();
  });
});
