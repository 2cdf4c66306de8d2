import { describe, expect, it } from '@jest/globals';
import { openingOf, portAddress, shownPorts, webAddress } from './ports.rules.ts';

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

describe('what is opened', () => {
  it('is the address that was said, else the first port a browser opens', () => {
    const ports = [{ ...port, hostPort: 49100, protocol: 'udp' as const }, port];
    expect(openingOf({ address: 'https://shop.example/start', ports }, 'x')).toEqual({
      href: 'https://shop.example/start',
      port: null,
    });
    expect(openingOf({ address: null, ports }, 'panel.example')).toEqual({
      href: 'http://panel.example:49200',
      port: 49200,
    });
    expect(openingOf({ address: null, ports: [] }, 'x')).toBeNull();
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://x',
    '//x',
    'x',
    '',
  ])('is never %j', (address) => {
    expect(webAddress(address)).toBeNull();
    expect(openingOf({ address, ports: [port] }, 'x')?.href).toBe('http://x:49200');
  });
});
