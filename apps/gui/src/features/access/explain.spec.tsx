import { describe, expect, it } from '@jest/globals';
import { Capability, type Explanation, Fix, type Grant, Me, Rule, RuleStep } from '@bailiwick/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { messages } from '../../lib/messages.ts';
import { MeProvider } from '../identity/me.tsx';
import { Explain } from './explain.tsx';

const AT = '2026-01-01T00:00:00.000Z';
const TANIA = 'usr_aaaaaaaaaaaaaaaa';
const WEB = { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa' } as const;
const ME = Me.parse({
  user: {
    id: 'usr_bbbbbbbbbbbbbbbb',
    username: 'otto',
    displayName: 'Otto',
    platformRole: 'owner',
    roleTag: null,
    tenantId: 'ten_aaaaaaaaaaaaaaaa',
    createdAt: AT,
  },
  email: null,
  emailVerified: false,
  tenant: { id: 'ten_aaaaaaaaaaaaaaaa', slug: 'main', name: 'Main' },
  session: { id: 'ses_aaaaaaaaaaaaaaaa', idleEndsAt: AT, endsAt: AT },
  csrf: 'x',
  can: [],
  anywhere: [],
  appearance: { theme: 'cobalt', mode: 'system', motion: 'system', density: 'comfortable' },
  viewedBy: null,
  twoFactorMissing: false,
});
const GRANT: Grant = {
  id: 'gr_aaaaaaaaaaaaaaaa',
  tenantId: 'ten_aaaaaaaaaaaaaaaa',
  principal: { kind: 'user', id: TANIA },
  principalName: 'Tania',
  target: WEB,
  targetName: 'web',
  role: null,
  allow: [],
  deny: [],
  lent: [],
  reason: null,
  grantedBy: { id: ME.user.id, name: 'Otto' },
  grantedAt: AT,
  expiresAt: null,
  expired: false,
  version: 1,
};

const explanation = (overrides: Partial<Explanation> = {}): Explanation => ({
  allowed: false,
  capability: 'containers.stop',
  decidedBy: 'default',
  principal: { id: TANIA, name: 'Tania', platformRole: 'member', roleTag: null },
  resource: { target: WEB, name: 'web' },
  trace: [],
  fixes: [],
  ...overrides,
});

/** What people read, without the marks; a text that is missing fails. */
function shown(answer: Explanation): string {
  const { capability } = answer;
  const queries = new QueryClient();
  queries.setQueryData(['access', 'explain', TANIA, WEB.id, capability], answer);
  const page = renderToStaticMarkup(
    <NextIntlClientProvider
      locale="en"
      timeZone="UTC"
      messages={messages}
      onError={(error) => {
        throw error;
      }}
    >
      <QueryClientProvider client={queries}>
        <MeProvider me={ME}>
          <Explain principal={TANIA} resource={WEB.id} capability={capability} />
        </MeProvider>
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return page.replace(/<[^>]*>/g, '\n');
}

/** As programs call it: with an underscore, or a dot between small words. */
const RAW = /\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z]+[A-Z]?\w*\b/;

describe('the explanation', () => {
  it.each(Rule.options)('says in a sentence what the rule %s said, whatever it said', (rule) => {
    for (const effect of RuleStep.shape.effect.options) {
      const step = { rule, effect, wins: true, grants: [], sources: [] };
      const text = shown(explanation({ allowed: effect === 'allow', decidedBy: rule, trace: [step] }));
      expect(text).toContain(messages.capabilities.rule[rule].name);
      expect(text).toContain(messages.capabilities.rule[rule][effect]);
      expect(text).not.toMatch(RAW);
    }
  });

  it('says each verdict on each capability by its name and in a sentence', () => {
    for (const capability of Capability.options)
      for (const allowed of [true, false]) {
        const text = shown(explanation({ allowed, capability }));
        expect(text).toMatch(allowed ? /Tania may use “.+” here/ : /Tania may not use “.+” here/);
        expect(text).not.toMatch(RAW);
      }
  }, 30_000);

  it('says what was given, by whom, and in how far it is an exception', () => {
    const sources = [
      { ...GRANT, role: 'operator', deny: ['containers.stop' as const], reason: 'On call', expiresAt: AT },
    ];
    const step = { rule: 'denied' as const, effect: 'deny' as const, wins: true, grants: [GRANT.id], sources };
    const text = shown(explanation({ decidedBy: 'denied', trace: [step] }));
    expect(text).toContain('Operator');
    expect(text).toContain('Otto');
    expect(text).toContain('On call');
    expect(text).not.toMatch(RAW);
  });

  it.each(Fix.shape.kind.options)('says how to turn it: %s, to who could do it and to who could not', (kind) => {
    for (const mine of [true, false]) {
      const fix = { kind, grantId: GRANT.id, role: 'operator', by: ['Maria', 'owner', 'administrator'], mine };
      // Asking for it oneself is offered to nobody but oneself.
      const principal = { ...explanation().principal, ...(kind === 'request' ? { id: ME.user.id } : {}) };
      const text = shown(explanation({ fixes: [fix], principal }));
      expect(text).toContain(messages.access.explain.fixes);
      expect(text).toContain(kind === 'request' ? messages.accessRequests.ask.open : '');
      expect(text).not.toMatch(RAW);
      if (!mine && kind !== 'request') expect(text).toContain('Maria, an owner of the panel, or an administrator');
    }
  });
});
