import { Injectable } from '@nestjs/common';
import { type ChannelSettings, TelegramSettings } from '@bailiwick/contract';
import { SafeFetch } from '../../kernel/outbound/safe-fetch.js';
import { ChannelDriver, type Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { forTelegram } from './channel-text.rules.js';
import { asJson, post } from './http-receiver.js';
import { cut, linesOf, subjectOf } from './message-words.rules.js';

type Settings = Extract<ChannelSettings, { kind: 'telegram' }>;

const MOST = 4096;

/** A chat, by a bot. */
@Injectable()
export class TelegramDriver extends ChannelDriver<Settings> {
  readonly kind = 'telegram';
  protected readonly schema = TelegramSettings;

  constructor(private readonly fetch: SafeFetch) {
    super();
  }

  protected toShown({ kind, server, chat }: Settings) {
    return { kind, server, chat };
  }

  protected tell({ server, token, chat }: Settings, message: Message, stopping: AbortSignal): Promise<Taken> {
    const lines = [subjectOf(message), ...linesOf(message)];
    const link = lines.pop() ?? '';
    const text = cut(forTelegram(lines.join('\n')), MOST - link.length - 1);
    // Without `parse_mode` no marks are read.
    const body = { chat_id: chat, text: `${text}\n${link}`, link_preview_options: { is_disabled: true } };
    const url = `${server.replace(/\/+$/, '')}/bot${token}/sendMessage`;
    return post(this.fetch, { url, ...asJson(body) }, stopping);
  }
}
