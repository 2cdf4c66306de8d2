import { Injectable } from '@nestjs/common';
import type { ChannelKind, ChannelSettings, ShownChannelSettings } from '@bailiwick/contract';
import { SecretKey } from '../../kernel/secret-key.js';
import type { ChannelDriver, Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { DiscordDriver } from './discord.driver.js';
import { MailChannelDriver } from './mail-channel.driver.js';
import { NtfyDriver } from './ntfy.driver.js';
import { SlackDriver } from './slack.driver.js';
import { TelegramDriver } from './telegram.driver.js';
import { WebhookDriver } from './webhook.driver.js';

const PURPOSE = 'alert-channel';

/** What a channel is set to, sealed to its row. */
interface Sealed {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly sealed: string;
}

/** Speaks to every kind of receiver; nothing else opens what a channel is set to. */
@Injectable()
export class ChannelDrivers {
  private readonly byKind: Readonly<Record<ChannelKind, Pick<ChannelDriver<ChannelSettings>, 'shown' | 'send'>>>;

  constructor(
    private readonly key: SecretKey,
    mail: MailChannelDriver,
    webhook: WebhookDriver,
    slack: SlackDriver,
    discord: DiscordDriver,
    telegram: TelegramDriver,
    ntfy: NtfyDriver,
  ) {
    this.byKind = { mail, webhook, slack, discord, telegram, ntfy };
  }

  seal(id: string, settings: ChannelSettings): string {
    return this.key.seal(PURPOSE, id, JSON.stringify(settings));
  }

  /** With its secrets, to keep those that are not changed. */
  open({ id, sealed }: Sealed): unknown {
    return JSON.parse(this.key.open(PURPOSE, id, sealed));
  }

  shown(channel: Sealed): ShownChannelSettings {
    return this.byKind[channel.kind].shown(this.open(channel));
  }

  /** Throws `NotTaken`. */
  send(channel: Sealed, message: Message, stopping: AbortSignal): Promise<Taken> {
    return this.byKind[channel.kind].send(this.open(channel), message, stopping);
  }
}
