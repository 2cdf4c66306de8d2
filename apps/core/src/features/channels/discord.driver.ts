import { Injectable } from '@nestjs/common';
import { type ChannelSettings, DiscordSettings } from '@bailiwick/contract';
import { SafeFetch } from '../../kernel/outbound/safe-fetch.js';
import { ChannelDriver, hostOf, type Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { forDiscord } from './channel-text.rules.js';
import { asJson, post } from './http-receiver.js';
import { cut, linesOf, subjectOf } from './message-words.rules.js';

type Settings = Extract<ChannelSettings, { kind: 'discord' }>;

const MOST = 2000;
/** Of a message: no page it links to is drawn below it. */
const NO_EMBEDS = 4;

/** A webhook of a channel on Discord. */
@Injectable()
export class DiscordDriver extends ChannelDriver<Settings> {
  readonly kind = 'discord';
  protected readonly schema = DiscordSettings;

  constructor(private readonly fetch: SafeFetch) {
    super();
  }

  protected toShown({ kind, url }: Settings) {
    return { kind, host: hostOf(url) };
  }

  protected tell({ url }: Settings, message: Message, stopping: AbortSignal): Promise<Taken> {
    const lines = [subjectOf(message), ...linesOf(message)];
    const link = lines.pop() ?? '';
    const text = cut(forDiscord(lines.join('\n')), MOST - link.length - 1);
    const body = { content: `${text}\n${link}`, allowed_mentions: { parse: [] }, flags: NO_EMBEDS };
    return post(this.fetch, { url, ...asJson(body) }, stopping);
  }
}
