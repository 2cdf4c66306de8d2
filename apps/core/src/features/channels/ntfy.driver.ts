import { Injectable } from '@nestjs/common';
import { type AlertSeverity, type ChannelSettings, NtfySettings } from '@bailiwick/contract';
import { SafeFetch } from '../../kernel/outbound/safe-fetch.js';
import { ChannelDriver, type Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { asJson, post } from './http-receiver.js';
import { cut, linesOf, subjectOf } from './message-words.rules.js';

type Settings = Extract<ChannelSettings, { kind: 'ntfy' }>;

/** A longer message becomes a file there. */
const MOST_BYTES_WORTH = 1000;
const PRIORITIES: Readonly<Record<AlertSeverity, number>> = { critical: 5, warning: 4, info: 3 };

/** A topic of ntfy, on the public server or on one's own. */
@Injectable()
export class NtfyDriver extends ChannelDriver<Settings> {
  readonly kind = 'ntfy';
  protected readonly schema = NtfySettings;

  constructor(private readonly fetch: SafeFetch) {
    super();
  }

  protected toShown({ kind, server, topic, token }: Settings) {
    return { kind, server, topic, hasToken: token !== null };
  }

  protected tell({ server, topic, token }: Settings, message: Message, stopping: AbortSignal): Promise<Taken> {
    const lines = linesOf(message);
    const click = lines.pop() ?? message.panelUrl;
    const { headers, body } = asJson({
      topic,
      title: subjectOf(message),
      message: cut(lines.join('\n'), MOST_BYTES_WORTH),
      priority: priorityOf(message),
      click,
    });
    const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
    return post(this.fetch, { url: `${server.replace(/\/+$/, '')}/`, headers: { ...headers, ...authorization }, body }, stopping); // prettier-ignore
  }
}

/** Of the gravest that is open; what is over wakes nobody. */
const priorityOf = ({ notices }: Message): number =>
  Math.max(3, ...notices.map(({ about, severity }) => (about === 'closed' ? 3 : PRIORITIES[severity])));
