import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ChannelSettings, WebhookSettings } from '@bailiwick/contract';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { SafeFetch } from '../../kernel/outbound/safe-fetch.js';
import { ChannelDriver, hostOf, type Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { post } from './http-receiver.js';
import { subjectOf, titleOf } from './message-words.rules.js';
import type { Notice } from './notices.rules.js';

type Settings = Extract<ChannelSettings, { kind: 'webhook' }>;

/** JSON to an address of somebody's own, signed: `HMAC-SHA256(secret, "<timestamp>.<body>")` in hex. */
@Injectable()
export class WebhookDriver extends ChannelDriver<Settings> {
  readonly kind = 'webhook';
  protected readonly schema = WebhookSettings;

  constructor(private readonly fetch: SafeFetch) {
    super();
  }

  protected toShown({ kind, url }: Settings) {
    return { kind, host: hostOf(url) };
  }

  protected tell({ url, secret }: Settings, message: Message, stopping: AbortSignal): Promise<Taken> {
    const body = JSON.stringify(toBody(message));
    const timestamp = String(Math.floor(message.atMs / 1000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    const headers = {
      'Content-Type': 'application/json',
      'Bailiwick-Delivery': message.id,
      'Bailiwick-Timestamp': timestamp,
      'Bailiwick-Signature': `v1=${signature}`,
    };
    return post(this.fetch, { url, headers, body }, stopping);
  }
}

const toBody = (message: Message) => ({
  delivery: message.id,
  type: message.notices.length === 0 ? 'test' : 'alerts',
  title: subjectOf(message),
  lost: message.lost,
  alerts: message.notices.map((notice) => toItem(notice, message.panelUrl)),
});

const toItem = (notice: Notice, panelUrl: string) => ({
  id: notice.alertId,
  about: notice.about,
  rule: notice.rule,
  severity: notice.severity,
  title: titleOf(notice),
  label: notice.label,
  thing: notice.thing,
  environment: notice.environment,
  count: notice.count,
  facts: notice.facts,
  openedAt: toIso(notice.openedAt),
  lastAt: toIso(notice.lastAt),
  closedAt: toIsoOrNull(notice.closedAt),
  end: notice.end,
  url: `${panelUrl}/alerts/${notice.alertId}`,
});
