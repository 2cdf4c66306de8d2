import { describe, expect, it } from '@jest/globals';
import {
  initialSilence,
  SILENCE_FIELDS,
  type SilenceKind,
  silenceRules,
  toLocal,
  toSilence,
} from './silence-form.rules.ts';

const NOW = Date.parse('2026-01-01T10:00:00.000Z');
const values = (more: object = {}) => ({
  ...initialSilence(NOW, 'Europe/Berlin', 'everywhere'),
  reason: ' Rebuilt ',
  ...more,
});
const wrong = (kind: SilenceKind, more: object, hasScope = false) =>
  SILENCE_FIELDS.filter((field) => !silenceRules(kind, hasScope)[field](values(more)[field]));

describe('the form of a silence', () => {
  it('asks for what its kind needs, and nothing else', () => {
    expect(wrong('for', { reason: ' ', from: 'x', minutes: 'x' })).toEqual(['reason']);
    expect(wrong('for', {}, true)).toEqual(['thing']);
    expect(wrong('once', { from: '', minutes: 'x' })).toEqual(['from']);
    expect(wrong('weekly', { from: '', at: '', minutes: '1441', timeZone: '' })).toEqual(['at', 'minutes', 'timeZone']);
  });

  it('is sent as the core takes it', () => {
    const days = new Set([7, 1]);
    expect(toSilence('for', values({ duration: 'day', rule: 'container_oom' }), days)).toEqual({
      reason: 'Rebuilt',
      rule: 'container_oom',
      scope: null,
      time: { kind: 'for', durationMs: 86_400_000 },
    });
    const once = toSilence('once', values({ scope: 'project', thing: 'prj_aaaaaaaaaaaaaaaa' }), days);
    expect(once).toMatchObject({
      scope: { kind: 'project', id: 'prj_aaaaaaaaaaaaaaaa' },
      time: { kind: 'once', from: '2026-01-01T11:00:00.000Z', until: '2026-01-01T12:00:00.000Z' },
    });
    expect(toSilence('weekly', values(), days).time).toEqual({
      kind: 'weekly',
      days: [1, 7],
      at: '03:00',
      minutes: 60,
      timeZone: 'Europe/Berlin',
    });
  });

  it('shows moments by the clock of the browser', () => expect(new Date(toLocal(NOW)).getTime()).toBe(NOW));
});
