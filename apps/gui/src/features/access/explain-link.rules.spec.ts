import { expect, it } from '@jest/globals';
import { explainAddress, readExplain } from './explain-link.rules.ts';

it('reads whom and what an address asks about, and nothing else', () => {
  const address = explainAddress('ct_aaaaaaaaaaaaaaaa', 'usr_aaaaaaaaaaaaaaaa', 'containers.stop');
  const asked = readExplain(new URL(address, 'http://panel').searchParams.get('explain'));
  expect(asked).toEqual({ principal: 'usr_aaaaaaaaaaaaaaaa', capability: 'containers.stop' });
  for (const wrong of [
    null,
    '',
    'usr_aaaaaaaaaaaaaaaa',
    'usr_a.containers.stop',
    'usr_aaaaaaaaaaaaaaaa.containers.fly',
  ])
    expect(readExplain(wrong)).toBeNull();
});
