import { Injectable } from '@nestjs/common';
import { type ChannelSettings, SlackSettings } from '@bailiwick/contract';
import { SafeFetch } from '../../kernel/outbound/safe-fetch.js';
import { ChannelDriver, hostOf, type Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { forSlack } from './channel-text.rules.js';
import { asJson, post } from './http-receiver.js';
import { cut, linesOf, subjectOf } from './message-words.rules.js';

type Settings = Extract<ChannelSettings, { kind: 'slack' }>;

const MOST = 3000;

/** An incoming webhook of Slack, or of whatever takes the same. */
@Injectable()
export class SlackDriver extends ChannelDriver<Settings> {
  readonly kind = 'slack';
  protected readonly schema = SlackSettings;

  constructor(private readonly fetch: SafeFetch) {
    super();
  }

  protected toShown({ kind, url }: Settings) {
    return { kind, host: hostOf(url) };
  }

  protected tell({ url }: Settings, message: Message, stopping: AbortSignal): Promise<Taken> {
    const text = forSlack(cut([subjectOf(message), ...linesOf(message)].join('\n'), MOST));
    // No marks are read, no names are linked and no pages are drawn.
    const body = { text, mrkdwn: false, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
    return post(this.fetch, { url, ...asJson(body) }, stopping);
  }
}
