import { describe, expect, it } from '@jest/globals';
import { cleanHeaders, readForwarded } from './forwarded.rules.ts';

const client = { address: '203.0.113.9', trusted: false };
const proxy = { address: '127.0.0.1', trusted: true };

describe('who asks', () => {
  it('is the peer, whatever an unknown peer claims', () => {
    const claims = {
      host: 'panel.example',
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    };
    expect(readForwarded(claims, client)).toEqual({ for: '203.0.113.9', proto: 'http', host: 'panel.example' });
  });

  it('is whom our proxy names, with the proxy in the chain', () => {
    const headers = {
      host: '127.0.0.1:5000',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'panel.example',
    };
    expect(readForwarded(headers, proxy)).toEqual({
      for: '203.0.113.9, 127.0.0.1',
      proto: 'https',
      host: 'panel.example',
    });
  });

  it('takes the last entry of a list, which our proxy wrote', () => {
    const headers = {
      host: 'a',
      'x-forwarded-proto': 'https, http',
      'x-forwarded-host': 'evil.example, panel.example',
    };
    expect(readForwarded(headers, proxy)).toMatchObject({ proto: 'http', host: 'panel.example' });
  });

  it('is our proxy itself when it names nobody', () => {
    expect(readForwarded({ host: 'panel.example' }, proxy)).toEqual({
      for: '127.0.0.1',
      proto: 'http',
      host: 'panel.example',
    });
  });
});

describe('the headers behind us', () => {
  const forwarded = { for: '203.0.113.9', proto: 'http' as const, host: 'panel.example' };

  it.each([
    'forwarded',
    'x-real-ip',
    'x-forwarded-server',
    'x-middleware-subrequest',
    'x-invoke-path',
    'x-matched-path',
    'x-bailiwick-path',
    'content-security-policy',
  ])('never hold a %s from outside', (name) => {
    expect(cleanHeaders({ [name]: 'forged' }, forwarded)[name]).toBeUndefined();
  });

  it('keep what the person sent', () => {
    const headers = { cookie: 'bw_session=1', origin: 'http://panel.example', 'x-csrf': 'token' };
    expect(cleanHeaders(headers, forwarded)).toMatchObject(headers);
  });

  it('say who asked', () => {
    expect(cleanHeaders({}, forwarded)).toEqual({
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'panel.example',
    });
  });
});
