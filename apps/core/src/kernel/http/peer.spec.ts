import { describe, expect, it } from '@jest/globals';
import { peerOf } from './peer.js';

const OURS = new Set(['127.0.0.1', '10.0.0.1']);
const trust = (address: string): boolean => OURS.has(address);
const from = (remoteAddress: string, headers: Record<string, string>) => {
  const socket: Parameters<typeof peerOf>[0]['socket'] = Object.assign(Object.create(null), { remoteAddress });
  return peerOf({ headers: { host: 'panel.example', ...headers }, socket }, trust);
};

describe('who is behind a request', () => {
  it('is the nearest address when that is no proxy of ours, whatever it claims', () => {
    const claims = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-host': 'evil.example' };
    expect(from('198.51.100.7', claims)).toEqual({ address: '198.51.100.7', host: 'panel.example' });
  });

  it('is whom our proxy names, by the host it was asked for', () => {
    const forwarded = { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-host': 'panel.example.org, inner' };
    expect(from('127.0.0.1', forwarded)).toEqual({ address: '198.51.100.7', host: 'panel.example.org' });
  });

  it('is the first address, from our side, that is not ours: what stands before it was sent by the client', () => {
    const forwarded = { 'x-forwarded-for': '192.0.2.66, 198.51.100.7, 10.0.0.1' };
    expect(from('127.0.0.1', forwarded).address).toBe('198.51.100.7');
  });

  it('is the farthest of ours when only ours took part', () => {
    expect(from('127.0.0.1', { 'x-forwarded-for': '10.0.0.1' }).address).toBe('10.0.0.1');
    expect(from('127.0.0.1', {}).address).toBe('127.0.0.1');
  });
});
